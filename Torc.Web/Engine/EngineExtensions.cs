using Torc.Shared.Contracts;

namespace Torc.Web.Engine;

/// <summary>The engine's part of the server's start.</summary>
internal static class EngineExtensions
{
    public static void AddTorcEngine(this IServiceCollection services, IConfiguration configuration)
    {
        // A part of a log is at most 1 MiB, and travels as base64; so much is what an agent tells of files at once. Only agents may send so much: pages keep the framework's limit.
        services.AddSignalR().AddHubOptions<AgentHub>(options => options.MaximumReceiveMessageSize = 2 << 20);
        services.AddSingleton<CommitStore>();
        services.AddSingleton<EngineStore>();
        services.AddSingleton<IEngineStore>(provider => ActivatorUtilities.CreateInstance<SteadyStore>(provider, provider.GetRequiredService<EngineStore>()));
        services.AddSingleton<AgentDesk>();
        services.AddSingleton<AgentConnections>();
        services.AddSingleton<LogsDue>();
        services.AddSingleton<AgentDoorbell>();
        services.AddSingleton<IAgentDoorbell>(provider => provider.GetRequiredService<AgentDoorbell>());
        services.AddHostedService(provider => provider.GetRequiredService<AgentDoorbell>());
        services.AddOptions<EngineOptions>().Bind(configuration.GetSection("engine")).ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<LeaseWatch>();
        services.AddHostedService<AheadWatch>();
        services.AddSingleton<WorkflowEngine>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkflowEngine>());
    }

    public static void MapTorcEngine(this IEndpointRouteBuilder routes) => routes.MapHub<AgentHub>(HubPaths.Agents);
}
