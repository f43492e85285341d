namespace Torc.Web.Nodes;

/// <summary>The part of the server's start that is about nodes.</summary>
internal static class NodeExtensions
{
    public static void AddTorcNodes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LocalAgentOptions>().Bind(configuration.GetSection("agent")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NodeQueries>();
        services.AddSingleton<INodeQueries>(provider => provider.GetRequiredService<NodeQueries>());
        services.AddHostedService<LocalAgent>();
    }
}
