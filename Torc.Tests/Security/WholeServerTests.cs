using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Torc.Web;
using Torc.Web.Engine;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>The attacks against the server as it is put together for users, with every endpoint, hub and page that it has.</summary>
public sealed class WholeServerTests : IAsyncLifetime
{
    // Hundreds of files are served by the same code: a few stand for all where each attack costs dozens of requests.
    private const int FilesProbed = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("torc-whole-").FullName;
    private WebApplication _server = null!;

    private IReadOnlyList<ProbedRoute> Routes => ProbedRoute.Of(_server.Services.GetRequiredService<EndpointDataSource>().Endpoints);

    private SecurityProbe Probe
    {
        get
        {
            var files = Routes.Where(route => Path.HasExtension(route.Path)).ToList();
            return new SecurityProbe(_server.Services.GetRequiredService<LoopbackListener>().Port, [.. Routes.Except(files), .. files.Take(FilesProbed)]);
        }
    }

    [Fact]
    public void It_has_endpoints_of_every_kind_and_none_lets_a_stranger_in_unless_it_is_on_the_list()
    {
        string[] some = ["/api/v1/workflows", "/workflows", "/workflows/1", "/hubs/v1/agents/negotiate", "/hubs/v1/watch", "/_blazor/negotiate", "/healthz", "/login"];
        Assert.Superset(some.ToHashSet(), Routes.Select(route => route.Path).ToHashSet());

        Assert.Empty(AnonymousEndpoints.NotOnList(_server.Services.GetRequiredService<EndpointDataSource>().Endpoints));
    }

    [Fact]
    public async Task Another_user_of_this_machine_gets_401_everywhere() => Assert.Empty(await Probe.StrangerAsync());

    [Fact]
    public async Task No_other_origin_site_or_host_changes_anything()
    {
        var probe = Probe;

        Assert.Empty(await probe.ForeignOriginAsync());
        Assert.Empty(await probe.ForeignSiteAsync());
        Assert.Empty(await probe.ForeignHostAsync());
        Assert.Empty(await probe.SimplePostAsync());

        Assert.Empty(await _server.Services.GetRequiredService<WorkflowEngine>().ReadAsync(state => state.Workflows, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_answer_invites_another_origin_and_each_carries_the_headers()
    {
        var probe = Probe;

        Assert.Empty(await probe.CorsAsync());
        Assert.Empty(await probe.HeadersAsync());
    }

    public async ValueTask InitializeAsync()
    {
        _server = await TorcServer.BuildAsync(["--data", _folder, "--port", "0", "--agent:start", "false", "--Logging:LogLevel:Default", "Critical"], CancellationToken.None);
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
