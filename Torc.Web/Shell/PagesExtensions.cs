using System.IO.Compression;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Torc.Web.Shell;

/// <summary>What the program calls to serve pages.</summary>
public static class PagesExtensions
{
    private static readonly string[] ScriptsAndStyles = ["text/css", "text/javascript", "application/javascript"];

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
        services.AddResponseCompression(options =>
        {
            // These are the same for everybody, so that their length tells nothing: pages and answers, which have secrets, are not compressed.
            options.MimeTypes = ScriptsAndStyles;
            options.EnableForHttps = true;
        });
        // Each browser gets them once: a few milliseconds more for half of the bytes.
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>
    /// Serves what pages load from the build. A browser keeps what has a fingerprint in its name: another content has another name. Left to itself the framework
    /// takes what is not published for something that somebody edits, and lets nothing be kept.
    /// </summary>
    public static IWebHostBuilder UseTorcAssets(this IWebHostBuilder host) => host.UseStaticWebAssets().UseSetting("EnableStaticAssetsDevelopmentCaching", "true");

    /// <summary>Shows the page for addresses that are none of ours to whoever asks for a page, with status 404. Put it behind security: it asks once more for what lies behind it.</summary>
    public static void UseTorcPages(this WebApplication app)
    {
        // The build compresses our own scripts and styles; of those of packages it compresses only the names without a fingerprint.
        app.UseResponseCompression();
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.Use((context, next) =>
        {
            // What a program asked for is answered to a program.
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages && !IsForPeople(context.Request))
            {
                pages.Enabled = false;
            }

            return next(context);
        });
    }

    /// <summary>Maps the pages, and what browsers load for them. Antiforgery must be in the pipeline before.</summary>
    public static void MapTorcPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
