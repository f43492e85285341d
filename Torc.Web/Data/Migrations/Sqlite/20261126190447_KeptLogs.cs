using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeptLogs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "logs_due_on",
                table: "attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "stderr_bytes",
                table: "attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "stdout_bytes",
                table: "attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_attempts_logs_due_on_job_id_number",
                table: "attempts",
                columns: new[] { "logs_due_on", "job_id", "number" },
                filter: "logs_due_on IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_attempts_logs_due_on_job_id_number",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "logs_due_on",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "stderr_bytes",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "stdout_bytes",
                table: "attempts");
        }
    }
}
