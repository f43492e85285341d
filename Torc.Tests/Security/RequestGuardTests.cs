using Torc.Shared.Contracts;
using Xunit;

namespace Torc.Tests.Security;

public sealed class RequestGuardTests : IAsyncLifetime
{
    private SecuredServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SecuredServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_page_of_another_origin_can_neither_write_nor_open_a_line_by_any_method()
    {
        Assert.Empty(await _server.Probe.ForeignOriginAsync());
        Assert.Equal(0, _server.Changes);
    }

    [Fact]
    public async Task A_host_name_that_is_not_this_machines_own_is_a_bad_request() => Assert.Empty(await _server.Probe.ForeignHostAsync());

    [Fact]
    public async Task A_post_that_another_site_can_send_unasked_changes_nothing()
    {
        Assert.Empty(await _server.Probe.SimplePostAsync());
        Assert.Equal(0, _server.Changes);
    }

    [Fact]
    public async Task A_page_of_another_port_or_site_can_neither_write_nor_open_a_line()
    {
        Assert.Empty(await _server.Probe.ForeignSiteAsync());
        Assert.Equal(0, _server.Changes);
    }

    [Fact]
    public async Task No_answer_invites_another_origin() => Assert.Empty(await _server.Probe.CorsAsync());

    [Fact]
    public async Task Every_answer_carries_the_headers() => Assert.Empty(await _server.Probe.HeadersAsync());

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Our_own_page_may_write_under_each_name_of_this_machine_and_through_a_tunnel(string name)
    {
        var answer = await RawHttp.AskAsync(
            _server.Port,
            "POST /api/v1/counter/1 HTTP/1.1",
            [$"Host: {name}:9000", $"Origin: http://{name}:9000", "Sec-Fetch-Site: same-origin", "Content-Type: application/json; charset=utf-8", "Content-Length: 2"],
            "{}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, _server.Changes);
    }

    [Fact]
    public async Task Our_own_page_may_open_a_line()
    {
        foreach (string path in new[] { HubPaths.Agents, HubPaths.Watch, "/_blazor" })
        {
            var answer = await RawHttp.AskAsync(
                _server.Port,
                $"GET {path} HTTP/1.1",
                [$"Host: localhost:{_server.Port}", $"Origin: http://localhost:{_server.Port}", "Sec-Fetch-Site: same-origin", .. SecurityProbe.Upgrade]);

            Assert.Equal(101, answer.Status);
        }
    }

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("application/x-yaml")]
    [InlineData("text/yaml")]
    public async Task A_spec_may_be_posted_as_what_it_is(string type)
    {
        var answer = await RawHttp.AskAsync(
            _server.Port, "POST /api/v1/counter/1 HTTP/1.1", [$"Host: localhost:{_server.Port}", $"Content-Type: {type}", "Content-Length: 2"], "{}");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_link_on_another_site_may_lead_to_a_page_but_not_into_a_frame()
    {
        string[] start = [$"Host: localhost:{_server.Port}", "Sec-Fetch-Site: cross-site", "Connection: close"];

        var page = await RawHttp.AskAsync(_server.Port, "GET /sample/1 HTTP/1.1", [.. start, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]);
        var frame = await RawHttp.AskAsync(_server.Port, "GET /sample/1 HTTP/1.1", [.. start, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"]);
        var image = await RawHttp.AskAsync(_server.Port, "GET /sample/1 HTTP/1.1", [.. start, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"]);
        var head = await RawHttp.AskAsync(_server.Port, "HEAD /sample/1 HTTP/1.1", [.. start, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]);

        Assert.Equal(200, page.Status);
        Assert.Equal(403, frame.Status);
        Assert.Equal(403, image.Status);
        Assert.Equal(403, head.Status);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("PROPFIND")]
    [InlineData("post")]
    [InlineData("Delete")]
    [InlineData("POST\t")]
    [InlineData("MERGE")]
    public async Task A_method_that_is_not_on_the_list_is_refused(string method)
    {
        var answer = await RawHttp.AskAsync(
            _server.Port, $"{method} /api/v1/counter/1 HTTP/1.1", [$"Host: localhost:{_server.Port}", "Content-Length: 0", "Connection: close"]);

        Assert.True(answer.IsRefused, $"{answer.Status}");
        Assert.Equal(0, _server.Changes);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("Origin: http://localhost:{0}\r\nOrigin: https://evil.example")]
    [InlineData("Origin: https://evil.example\r\nOrigin: http://localhost:{0}")]
    [InlineData("ORIGIN: https://evil.example")]
    [InlineData("Origin : https://evil.example")]
    [InlineData("Origin:\thttps://evil.example")]
    public async Task A_disguised_origin_is_refused(string header)
    {
        string written = header.Replace("{0}", $"{_server.Port}", StringComparison.Ordinal);
        string[] evil = written.Contains("evil", StringComparison.Ordinal) ? [] : ["Origin: https://localhost:" + _server.Port];

        var answer = await RawHttp.AskAsync(
            _server.Port, "POST /api/v1/counter/1 HTTP/1.1", [$"Host: localhost:{_server.Port}", written, .. evil, "Content-Length: 0", "Connection: close"]);

        Assert.True(answer.IsRefused, $"{answer.Status}");
        Assert.Equal(0, _server.Changes);
    }

    [Theory]
    [InlineData("/HUBS/v1/agents")]
    [InlineData("/hubs/v1/agents/")]
    [InlineData("/%68ubs/v1/agents")]
    [InlineData("/x/../hubs/v1/agents")]
    [InlineData("//hubs/v1/agents")]
    public async Task A_hub_under_another_spelling_is_as_closed_to_another_site(string path)
    {
        var socket = await RawHttp.AskAsync(
            _server.Port, $"GET {path}?id=1 HTTP/1.1", [$"Host: localhost:{_server.Port}", "Sec-Fetch-Site: same-site", .. SecurityProbe.Upgrade]);
        var post = await RawHttp.AskAsync(
            _server.Port,
            $"GET {path} HTTP/1.1",
            [$"Host: localhost:{_server.Port}", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Accept: text/event-stream", "Connection: close"]);

        Assert.Equal(403, socket.Status);
        Assert.True(post.Status is 403 or 404, $"{post.Status}");
    }

    [Fact]
    public async Task Http2_in_clear_text_is_not_spoken()
    {
        var upgrade = await RawHttp.AskAsync(
            _server.Port,
            "GET /healthz HTTP/1.1",
            [$"Host: localhost:{_server.Port}", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"]);
        var preface = await RawHttp.AskAsync(_server.Port, "PRI * HTTP/2.0", ["", "SM", ""]);

        Assert.NotEqual(101, upgrade.Status);
        Assert.True(preface.Status is 0 or 400 or 505, $"{preface.Status}");
    }
}
