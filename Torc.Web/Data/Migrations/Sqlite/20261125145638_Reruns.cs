using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reruns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_workflow_id_position",
                table: "jobs");

            migrationBuilder.AddColumn<bool>(
                name: "early_cutoff",
                table: "workflows",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "spec_version",
                table: "workflows",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "again",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "removed_in",
                table: "jobs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reuse",
                table: "jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "fingerprint",
                table: "attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "spec_version",
                table: "attempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "attempt_files",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    identity = table.Column<string>(type: "TEXT", nullable: true),
                    was_changed_meanwhile = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempt_files", x => new { x.job_id, x.attempt, x.role, x.path });
                });

            migrationBuilder.CreateTable(
                name: "contents",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    identity = table.Column<string>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contents", x => new { x.workflow_id, x.path, x.identity });
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    scope = table.Column<int>(type: "INTEGER", nullable: true),
                    started_by = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    spec_version = table.Column<int>(type: "INTEGER", nullable: false),
                    jobs = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_runs", x => new { x.workflow_id, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_workflow_id_position",
                table: "jobs",
                columns: new[] { "workflow_id", "position" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attempt_files");

            migrationBuilder.DropTable(
                name: "contents");

            migrationBuilder.DropTable(
                name: "runs");

            migrationBuilder.DropIndex(
                name: "IX_jobs_workflow_id_position",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "early_cutoff",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "spec_version",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "again",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "removed_in",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "reuse",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "fingerprint",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "spec_version",
                table: "attempts");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_workflow_id_position",
                table: "jobs",
                columns: new[] { "workflow_id", "position" },
                unique: true);
        }
    }
}
