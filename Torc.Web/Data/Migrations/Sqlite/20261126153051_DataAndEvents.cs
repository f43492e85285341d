using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DataAndEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_events_workflow_id_post_key",
                table: "events");

            migrationBuilder.AddColumn<string>(
                name: "initial",
                table: "user_data",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "node_id",
                table: "events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "run",
                table: "events",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "user_data_values",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    run = table.Column<int>(type: "INTEGER", nullable: false),
                    job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_data_values", x => new { x.workflow_id, x.name, x.run, x.job_id, x.attempt });
                });

            migrationBuilder.CreateIndex(
                name: "IX_events_workflow_id_post_key",
                table: "events",
                columns: new[] { "workflow_id", "post_key" },
                unique: true,
                filter: "post_key IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "user_data_values");

            migrationBuilder.DropIndex(
                name: "IX_events_workflow_id_post_key",
                table: "events");

            migrationBuilder.DropColumn(
                name: "initial",
                table: "user_data");

            migrationBuilder.DropColumn(
                name: "node_id",
                table: "events");

            migrationBuilder.DropColumn(
                name: "run",
                table: "events");

            migrationBuilder.CreateIndex(
                name: "IX_events_workflow_id_post_key",
                table: "events",
                columns: new[] { "workflow_id", "post_key" },
                unique: true);
        }
    }
}
