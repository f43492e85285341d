using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Archive : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "archived_at",
                table: "workflows",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "deleted_workflows",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    last_job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    deleted_by = table.Column<string>(type: "TEXT", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deleted_workflows", x => x.workflow_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deleted_workflows");

            migrationBuilder.DropColumn(
                name: "archived_at",
                table: "workflows");
        }
    }
}
