using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Torc.Web.Shell;

/// <summary>What the program calls to serve pages.</summary>
public static class PagesExtensions
{
    /// <summary>Adds what pages need apart from the queries and the feed that they show.</summary>
    public static IServiceCollection AddTorcPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DetailedErrors = false;
            // A lost circuit keeps its memory for three minutes; pages come back from their address as well.
            options.DisconnectedCircuitMaxRetained = 20;
        });
        services.AddMudServices();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Maps the pages, and what browsers load for them. Antiforgery must be in the pipeline before.</summary>
    public static void MapTorcPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
