using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Metrics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "gpu_memory_bytes",
                table: "samples",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "gpu_percent",
                table: "samples",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "processes",
                table: "samples",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "read_rate",
                table: "samples",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "write_rate",
                table: "samples",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "usage_summary",
                table: "attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "sample_chunks",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sample_chunks", x => new { x.job_id, x.attempt, x.first_at });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sample_chunks");

            migrationBuilder.DropColumn(
                name: "gpu_memory_bytes",
                table: "samples");

            migrationBuilder.DropColumn(
                name: "gpu_percent",
                table: "samples");

            migrationBuilder.DropColumn(
                name: "processes",
                table: "samples");

            migrationBuilder.DropColumn(
                name: "read_rate",
                table: "samples");

            migrationBuilder.DropColumn(
                name: "write_rate",
                table: "samples");

            migrationBuilder.DropColumn(
                name: "usage_summary",
                table: "attempts");
        }
    }
}
