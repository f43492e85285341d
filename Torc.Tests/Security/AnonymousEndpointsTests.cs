using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

public sealed class AnonymousEndpointsTests
{
    [Fact]
    public async Task Every_endpoint_needs_a_user_unless_it_is_on_the_written_list()
    {
        await using var server = await SecuredServer.StartAsync();

        Assert.Empty(AnonymousEndpoints.NotOnList(server.Endpoints));
    }

    [Fact]
    public void The_written_list_is_short() => Assert.InRange(AnonymousEndpoints.Routes.Count, 1, 6);

    [Fact]
    public async Task An_endpoint_that_lets_strangers_in_by_itself_is_found()
    {
        await using var server = await SecuredServer.StartAsync(map: app => app.MapGet("/open", [AllowAnonymous] () => "open"));

        Assert.Equal(["/open"], AnonymousEndpoints.NotOnList(server.Endpoints));
    }

    [Fact]
    public async Task The_sample_has_an_endpoint_of_each_kind()
    {
        await using var server = await SecuredServer.StartAsync();

        var paths = ProbedRoute.Of(server.Endpoints).Select(route => route.Path).ToHashSet();

        Assert.Superset(
            new HashSet<string> { "/healthz", "/login", "/api/v1/sample", "/hubs/v1/agents", "/hubs/v1/agents/negotiate", "/_blazor", "/_blazor/negotiate", "/_blazor/disconnect", "/sample/1" },
            paths);
    }
}
