namespace Torc.Web.Reruns;

/// <summary>The reruns' part of the server's start.</summary>
internal static class RerunExtensions
{
    public static void AddTorcReruns(this IServiceCollection services)
    {
        services.AddSingleton<ResultQueries>();
        services.AddSingleton<NodeFiles>();
        services.AddSingleton<PlanBases>();
        services.AddSingleton<RerunSpecs>();
        services.AddSingleton<IRerunDesk, RerunDesk>();
        services.AddSingleton<SpecDesk>();
        services.AddSingleton<ISuggestionDesk, SuggestionDesk>();
        services.AddSingleton<INeedsDesk, NeedsDesk>();
        services.AddSingleton<IRunQueries, RunQueries>();
        services.AddHostedService<ReuseWatch>();
    }
}
