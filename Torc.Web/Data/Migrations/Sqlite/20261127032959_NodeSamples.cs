using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NodeSamples : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "node_sample_chunks",
                columns: table => new
                {
                    node_id = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_node_sample_chunks", x => new { x.node_id, x.first_at });
                });

            migrationBuilder.CreateTable(
                name: "node_samples",
                columns: table => new
                {
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    node_id = table.Column<long>(type: "INTEGER", nullable: false),
                    cpu_percent = table.Column<double>(type: "REAL", nullable: false),
                    memory_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    processes = table.Column<int>(type: "INTEGER", nullable: false),
                    read_rate = table.Column<long>(type: "INTEGER", nullable: false),
                    write_rate = table.Column<long>(type: "INTEGER", nullable: false),
                    gpu_percent = table.Column<double>(type: "REAL", nullable: true),
                    gpu_memory_bytes = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_node_samples", x => new { x.node_id, x.at });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "node_sample_chunks");

            migrationBuilder.DropTable(
                name: "node_samples");
        }
    }
}
