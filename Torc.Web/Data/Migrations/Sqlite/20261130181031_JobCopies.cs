using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class JobCopies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "parameters",
                table: "jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "template",
                table: "jobs",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "parameters",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "template",
                table: "jobs");
        }
    }
}
