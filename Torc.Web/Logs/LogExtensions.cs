using Torc.Web.Data.Logs;

namespace Torc.Web.Logs;

/// <summary>The logs' part of the server's start.</summary>
internal static class LogExtensions
{
    public static void AddTorcLogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LogOptions>().Bind(configuration.GetSection("logs")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LogShelf>();
        services.AddSingleton<LogQueries>();
        services.AddSingleton<LogDesk>();
        services.AddSingleton<LogFollows>();
        services.AddHostedService<LogFetch>();
    }
}
