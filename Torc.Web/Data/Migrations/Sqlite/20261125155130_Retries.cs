using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Retries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "recovery",
                table: "workflows",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "use_pending_failed",
                table: "workflows",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "failure_rules",
                table: "jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "raised_memory_bytes",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "raised_runtime",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "raises",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "retries",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "retry",
                table: "jobs",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "recovery",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "use_pending_failed",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "failure_rules",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "raised_memory_bytes",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "raised_runtime",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "raises",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "retries",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "retry",
                table: "jobs");
        }
    }
}
