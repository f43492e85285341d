using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Torc.Web.Security;

/// <summary>Security's part of the server's start.</summary>
internal static class SecurityServices
{
    /// <summary>Needs <see cref="LoopbackHosting.ListenOnLoopback"/> beside it.</summary>
    /// <param name="address">Where a proxy offers the server to browsers, if one does.</param>
    public static IServiceCollection AddTorcSecurity(this IServiceCollection services, ServerInstance instance, PublicAddress? address = null)
    {
        if (address is not null)
        {
            services.AddSingleton(address);
        }

        // A factory, so that the container lets go of the data folder as its last act.
        services.AddSingleton(_ => instance);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SecurityOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new AttemptTokens(instance.Token.AttemptKey));
        services.AddSingleton<LoginCodes>();
        services.AddHostedService<ServerAnnouncement>();
        services.AddDataProtection().SetApplicationName("torc").PersistKeysToFileSystem(new DirectoryInfo(instance.Folder.Keys));
        services.AddLogging(logging => logging
            // It logs each address with its query, and a one-time link is such an address.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            // It has a line for each stranger who knocks, who could fill the log with them.
            .AddFilter(typeof(TorcAuthenticationHandler).FullName, LogLevel.Warning)
            // It warns that keys lie unencrypted in a folder; that folder is the owner's only.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

        services.AddAuthentication(TorcAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, TorcAuthenticationHandler>(TorcAuthentication.Scheme, null)
            .AddCookie(TorcAuthentication.LinkScheme);
        services.AddOptions<CookieAuthenticationOptions>(TorcAuthentication.LinkScheme)
            .Configure<LoopbackListener, Microsoft.Extensions.Options.IOptions<SecurityOptions>, TimeProvider>(
                (cookie, listener, options, time) => Configure(cookie, listener, instance.Token, options.Value, time));

        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(AccessPolicies.Owner)
            .SetFallbackPolicy(AccessPolicies.Owner)
            .AddPolicy(AccessPolicies.AttemptToo, AccessPolicies.OwnerOrAttempt);
        return services;
    }

    /// <summary>The whole of it in the one right order, up to authorization. Call it first.</summary>
    public static WebApplication UseTorcSecurity(this WebApplication app)
    {
        app.UseTorcSecurityHeaders();
        app.UseMiddleware<PublicRequests>();
        app.UseTorcRequestGuard();
        // Called here because the application would otherwise put them before the guard.
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    public static IApplicationBuilder UseTorcSecurityHeaders(this IApplicationBuilder app) => app.UseMiddleware<SecurityHeaders>();

    public static IApplicationBuilder UseTorcRequestGuard(this IApplicationBuilder app) => app.UseMiddleware<RequestGuard>();

    public static IEndpointRouteBuilder MapTorcSecurity(this IEndpointRouteBuilder routes)
    {
        LoginEndpoints.Map(routes);
        return routes;
    }

    private static void Configure(CookieAuthenticationOptions options, LoopbackListener listener, AccessToken token, SecurityOptions security, TimeProvider time)
    {
        // Browsers send the cookies of localhost to every port of it, so the name must tell our servers apart.
        options.Cookie.Name = string.Create(CultureInfo.InvariantCulture, $"torc-{listener.Port}-{token.Fingerprint}");
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = security.SessionLifetime;
        options.SlidingExpiration = true;
        options.TimeProvider = time;
        options.Events.OnValidatePrincipal = context =>
        {
            if (context.Principal?.HasClaim(TorcAuthentication.TokenClaim, token.Fingerprint) is not true)
            {
                context.RejectPrincipal();
            }

            return Task.CompletedTask;
        };
    }
}
