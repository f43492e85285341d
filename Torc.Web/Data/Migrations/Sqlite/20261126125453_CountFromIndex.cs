using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CountFromIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_workflow_id_status",
                table: "jobs");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_workflow_id_status",
                table: "jobs",
                columns: new[] { "workflow_id", "status" },
                filter: "removed_in IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_workflow_id_status",
                table: "jobs");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_workflow_id_status",
                table: "jobs",
                columns: new[] { "workflow_id", "status" });
        }
    }
}
