using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Web.Api;
using Torc.Web.Data;
using Torc.Web.Engine;
using Torc.Web.Security;

namespace Torc.Web.Health;

/// <summary>Health's part of the server's start.</summary>
internal static class HealthExtensions
{
    public static void AddTorcHealth(this IServiceCollection services, SqliteStore database, IConfiguration configuration)
    {
        services.AddOptions<DiskOptions>().Bind(configuration.GetSection("disk")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(database);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DatabaseDisk>(provider, database.Path));
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<IsDegraded>(provider => () => provider.GetRequiredService<StoreHealth>().Now is not null);
        services.AddSignalR().AddHubOptions<AgentHub>(options => options.AddFilter<StoreTroubleFilter>());
        services.AddHostedService<DiskWatch>();
    }

    /// <summary>Behind security: a stranger hears nothing of the disk.</summary>
    public static void UseTorcHealth(this IApplicationBuilder app) => app.UseMiddleware<StoreTroubleAnswers>();

    public static void MapTorcHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/health", Health).WithTags("server").Describe("get_health", "Says how the server is");

    private static Ok<HealthView> Health(StoreHealth health, DatabaseDisk disk)
    {
        var (space, trouble) = (disk.Space, health.Now);
        return TypedResults.Ok(new HealthView(
            trouble is null ? "ok" : "degraded", trouble?.Message, trouble is null ? null : StoreTroubleAnswers.Code(trouble.Trouble), space.Free, space.Total));
    }
}
