using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Torc.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Activity : Migration
    {
        // Written by hand: the tool would give every event that is there the same id. Events keep the order in which they were stored.
        private const string Columns = "workflow_id, number, at, run, type, data, job_id, attempt, node_id, post_key";

        private const string Types = """
            workflow_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            run INTEGER NOT NULL DEFAULT 0,
            type TEXT NOT NULL,
            data TEXT NOT NULL,
            job_id INTEGER NULL,
            attempt INTEGER NULL,
            node_id INTEGER NULL,
            post_key TEXT NULL
            """;

        private const string OneForEachKey = "CREATE UNIQUE INDEX \"IX_events_workflow_id_post_key\" ON events (workflow_id, post_key) WHERE post_key IS NOT NULL;";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql($"CREATE TABLE events_new (id INTEGER NOT NULL CONSTRAINT \"PK_events\" PRIMARY KEY AUTOINCREMENT, {Types});");
            migrationBuilder.Sql($"INSERT INTO events_new ({Columns}) SELECT {Columns} FROM events ORDER BY events.rowid;");
            migrationBuilder.Sql("DROP TABLE events;");
            migrationBuilder.Sql("ALTER TABLE events_new RENAME TO events;");
            migrationBuilder.Sql(OneForEachKey);
            migrationBuilder.Sql("CREATE UNIQUE INDEX \"IX_events_workflow_id_number\" ON events (workflow_id, number);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql($"CREATE TABLE events_old ({Types}, CONSTRAINT \"PK_events\" PRIMARY KEY (workflow_id, number));");
            migrationBuilder.Sql($"INSERT INTO events_old ({Columns}) SELECT {Columns} FROM events ORDER BY id;");
            migrationBuilder.Sql("DROP TABLE events;");
            migrationBuilder.Sql("ALTER TABLE events_old RENAME TO events;");
            migrationBuilder.Sql(OneForEachKey);
        }
    }
}
