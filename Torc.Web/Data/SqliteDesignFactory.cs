using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Torc.Web.Data;

/// <summary>Lets <c>dotnet ef</c> write migrations without starting the server.</summary>
internal sealed class SqliteDesignFactory : IDesignTimeDbContextFactory<SqliteTorcDbContext>
{
    public SqliteTorcDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteTorcDbContext>().UseSqlite("Data Source=:memory:").Options);
}
