using Torc.Shared.Contracts;

namespace Torc.Web.Engine;

/// <summary>The engine's part of the server's start.</summary>
internal static class EngineExtensions
{
    public static void AddTorcEngine(this IServiceCollection services)
    {
        services.AddSingleton<WorkflowStore>();
        services.AddSingleton<CommitStore>();
        services.AddSingleton<AgentConnections>();
        services.AddSingleton<AgentDoorbell>();
        services.AddSingleton<IAgentDoorbell>(provider => provider.GetRequiredService<AgentDoorbell>());
        services.AddHostedService(provider => provider.GetRequiredService<AgentDoorbell>());
        services.AddSingleton<WorkflowEngine>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkflowEngine>());
    }

    public static void MapTorcEngine(this IEndpointRouteBuilder routes) => routes.MapHub<AgentHub>(HubPaths.Agents);
}
