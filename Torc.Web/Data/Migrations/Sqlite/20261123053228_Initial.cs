using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attempts",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    run = table.Column<int>(type: "INTEGER", nullable: false),
                    node_id = table.Column<long>(type: "INTEGER", nullable: false),
                    assigned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<int>(type: "INTEGER", nullable: true),
                    exit_code = table.Column<int>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    cpu_time = table.Column<long>(type: "INTEGER", nullable: true),
                    peak_memory_bytes = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => new { x.job_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "dependencies",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    job = table.Column<int>(type: "INTEGER", nullable: false),
                    blocker = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dependencies", x => new { x.workflow_id, x.job, x.blocker });
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false),
                    job_id = table.Column<long>(type: "INTEGER", nullable: true),
                    attempt = table.Column<int>(type: "INTEGER", nullable: true),
                    post_key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => new { x.workflow_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "files",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_files", x => new { x.workflow_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "job_artifacts",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    job = table.Column<int>(type: "INTEGER", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    artifact = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_artifacts", x => new { x.workflow_id, x.job, x.role, x.artifact });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    command = table.Column<string>(type: "TEXT", nullable: false),
                    invocation_script = table.Column<string>(type: "TEXT", nullable: true),
                    requirements = table.Column<int>(type: "INTEGER", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    cancel_on_blocking_job_failure = table.Column<bool>(type: "INTEGER", nullable: false),
                    env = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    node_id = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_blocker_id = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    agent_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    agent_version = table.Column<string>(type: "TEXT", nullable: false),
                    cpus = table.Column<int>(type: "INTEGER", nullable: false),
                    memory_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    gpus = table.Column<int>(type: "INTEGER", nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    connection = table.Column<int>(type: "INTEGER", nullable: false),
                    last_heard_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "requirements",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    cpus = table.Column<int>(type: "INTEGER", nullable: false),
                    memory_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    gpus = table.Column<int>(type: "INTEGER", nullable: false),
                    nodes = table.Column<int>(type: "INTEGER", nullable: false),
                    runtime = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requirements", x => new { x.workflow_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "samples",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    cpu_percent = table.Column<double>(type: "REAL", nullable: false),
                    memory_bytes = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_samples", x => new { x.job_id, x.attempt, x.at });
                });

            migrationBuilder.CreateTable(
                name: "specs",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_specs", x => new { x.workflow_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "user_data",
                columns: table => new
                {
                    workflow_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: true),
                    is_ephemeral = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_data", x => new { x.workflow_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "workflows",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    project = table.Column<string>(type: "TEXT", nullable: true),
                    user_name = table.Column<string>(type: "TEXT", nullable: true),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    run = table.Column<int>(type: "INTEGER", nullable: false),
                    working_directory = table.Column<string>(type: "TEXT", nullable: false),
                    sample_every_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workflows", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_attempts_workflow_id",
                table: "attempts",
                column: "workflow_id");

            migrationBuilder.CreateIndex(
                name: "IX_events_workflow_id_post_key",
                table: "events",
                columns: new[] { "workflow_id", "post_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_jobs_workflow_id_position",
                table: "jobs",
                columns: new[] { "workflow_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_jobs_workflow_id_status",
                table: "jobs",
                columns: new[] { "workflow_id", "status" });

            migrationBuilder.CreateIndex(
                name: "IX_nodes_agent_id",
                table: "nodes",
                column: "agent_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workflows_status",
                table: "workflows",
                column: "status");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attempts");

            migrationBuilder.DropTable(
                name: "dependencies");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "files");

            migrationBuilder.DropTable(
                name: "job_artifacts");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "requirements");

            migrationBuilder.DropTable(
                name: "samples");

            migrationBuilder.DropTable(
                name: "specs");

            migrationBuilder.DropTable(
                name: "user_data");

            migrationBuilder.DropTable(
                name: "workflows");
        }
    }
}
