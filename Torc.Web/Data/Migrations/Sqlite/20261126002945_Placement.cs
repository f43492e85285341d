using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Placement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "sort_method",
                table: "workflows",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "label",
                table: "requirements",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scheduler",
                table: "requirements",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "labels",
                table: "nodes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "max_parallel_jobs",
                table: "nodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scheduler",
                table: "nodes",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "sort_method",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "label",
                table: "requirements");

            migrationBuilder.DropColumn(
                name: "scheduler",
                table: "requirements");

            migrationBuilder.DropColumn(
                name: "labels",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "max_parallel_jobs",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "scheduler",
                table: "nodes");
        }
    }
}
