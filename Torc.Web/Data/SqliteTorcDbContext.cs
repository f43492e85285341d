using Microsoft.EntityFrameworkCore;

namespace Torc.Web.Data;

/// <summary>The embedded store. One context type per provider, since migrations differ.</summary>
internal sealed class SqliteTorcDbContext(DbContextOptions<SqliteTorcDbContext> options) : TorcDbContext(options);
