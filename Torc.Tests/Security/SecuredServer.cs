using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Torc.Shared.Contracts;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>A real server on a free loopback port, with an endpoint of each kind and the security of the real one.</summary>
internal sealed class SecuredServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _changes;

    private SecuredServer(WebApplication app, DataFolder folder)
    {
        _app = app;
        Folder = folder;
    }

    public DataFolder Folder { get; }

    public int Port => _app.Services.GetRequiredService<LoopbackListener>().Port;

    public Uri Url => new($"http://localhost:{Port}");

    /// <summary>How often a sample endpoint was told to change something, and did.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public LoginCodes LoginCodes => _app.Services.GetRequiredService<LoginCodes>();

    public SecurityProbe Probe => new(Port, ProbedRoute.Of(Endpoints));

    /// <param name="change">The last word on services and settings.</param>
    public static async Task<SecuredServer> StartAsync(Action<WebApplicationBuilder>? change = null, Action<WebApplication>? map = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = new DataFolder(Directory.CreateTempSubdirectory("torc-").FullName);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.ListenOnLoopback(LoopbackListener.Open(new ServerAddressOptions { Port = 0 }));
        builder.Services.AddTorcSecurity(await ServerInstance.OpenAsync(folder, cancel));
        builder.Services.AddSignalR();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        change?.Invoke(builder);
        var app = builder.Build();
        var server = new SecuredServer(app, folder);
        app.UseTorcSecurity();
        app.UseAntiforgery();
        app.MapTorcSecurity();
        app.MapGet("/api/v1/sample", () => "sample");
        app.MapMethods("/api/v1/counter/{id}", ["POST", "PUT", "PATCH", "DELETE"], server.Change);
        app.MapHub<SampleHub>(HubPaths.Agents);
        app.MapHub<SampleHub>(HubPaths.Watch);
        app.MapStaticAssets("Torc.Tests.staticwebassets.endpoints.json");
        app.MapRazorComponents<SampleApp>().AddInteractiveServerRenderMode();
        map?.Invoke(app);
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>A program or browser that goes where it is sent only when the test says so.</summary>
    public HttpClient Client(string? token = null, CookieContainer? cookies = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = cookies is not null, CookieContainer = cookies ?? new() }) { BaseAddress = Url };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public async Task<string> TokenAsync() => (await File.ReadAllTextAsync(Folder.Token, TestContext.Current.CancellationToken)).Trim();

    public async Task StopAsync() => await _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(Folder.Path, recursive: true);
    }

    private string Change()
    {
        Interlocked.Increment(ref _changes);
        return "changed";
    }
}
