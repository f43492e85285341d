using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Contracts;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>A server that a proxy offers under a prefix: which requests it takes for those of its own pages, and whom it knows.</summary>
public sealed class PublicAddressTests : IAsyncLifetime
{
    private SecuredServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _server = await SecuredServer.StartAsync(builder => builder.Services.AddSingleton(PublicAddress.Read("https://hub.example.org/torc/")!));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("https://hub.example.org/torc/", "https://hub.example.org", "https://hub.example.org/torc")]
    [InlineData(" https://HUB.example.org:443/a/b ", "https://hub.example.org", "https://hub.example.org/a/b")]
    [InlineData("http://localhost:9000", "http://localhost:9000", "http://localhost:9000")]
    public void The_address_that_people_open_is_read(string url, string origin, string read)
    {
        var address = PublicAddress.Read(url)!;

        Assert.Equal((origin, read), (address.Origin, address.Url));
    }

    [Theory]
    [InlineData("/torc/")]
    [InlineData("torc")]
    [InlineData("hub.example.org/torc")]
    [InlineData("ftp://hub.example.org/torc")]
    [InlineData("https://me:secret@hub.example.org/torc")]
    [InlineData("https://hub.example.org/torc?x=1")]
    [InlineData("https://hub.example.org/torc#x")]
    public void What_is_no_such_address_is_refused_at_the_start(string url) =>
        Assert.Contains("--public-url", Assert.Throws<StartRefusedException>(() => PublicAddress.Read(url)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/torc/api/v1/sample")]
    [InlineData("/api/v1/sample")]
    public async Task It_answers_whether_the_proxy_leaves_the_prefix_in_the_path_or_takes_it_out(string path)
    {
        using var program = _server.Client(await _server.TokenAsync());
        program.DefaultRequestHeaders.Host = "hub.example.org";

        Assert.Equal("sample", await program.GetStringAsync(path, Cancel));
    }

    [Fact]
    public async Task A_link_leads_through_the_proxy_and_its_cookie_stays_under_the_prefix_and_off_plain_http()
    {
        using var owner = _server.Client();
        using var created = await owner.PostAsync("/api/v1/login-codes", content: null, Cancel);
        string link = (await created.Content.ReadFromJsonAsync(TorcJson.Default.LoginLink, Cancel))!.Url;
        using var browser = _server.Client();
        browser.DefaultRequestHeaders.Host = "hub.example.org";

        using var opened = await browser.GetAsync($"{new Uri(link).PathAndQuery}&to=/workflows/12", Cancel);

        Assert.StartsWith("https://hub.example.org/torc/login?code=", link, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/torc/workflows/12"), (opened.StatusCode, opened.Headers.Location?.OriginalString));
        string cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; path=/torc;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The proxy of this test runs as the owner, as one that somebody starts for himself does: it must not make an owner of whoever reaches it.</summary>
    [Theory]
    [InlineData("hub.example.org", null)]
    [InlineData("localhost", "X-Forwarded-For: 203.0.113.7")]
    [InlineData("localhost", "Forwarded: for=203.0.113.7")]
    [InlineData("localhost", "Via: 1.1 hub")]
    public async Task Whoever_comes_through_the_proxy_is_known_by_a_link_or_a_token_alone(string host, string? trace)
    {
        string[] headers = [$"Host: {host}", .. trace is null ? Array.Empty<string>() : [trace], "Connection: close"];

        var stranger = await RawHttp.AskAsync(_server.Port, "GET /api/v1/sample HTTP/1.1", headers);
        var known = await RawHttp.AskAsync(_server.Port, "GET /api/v1/sample HTTP/1.1", [.. headers, $"Authorization: Bearer {await _server.TokenAsync()}"]);
        var owner = await RawHttp.AskAsync(_server.Port, "GET /api/v1/sample HTTP/1.1", [$"Host: localhost:{_server.Port}", "Connection: close"]);

        Assert.Equal((401, 200, 200), (stranger.Status, known.Status, owner.Status));
    }

    [Theory]
    [InlineData("hub.example.org", "https://hub.example.org", 200)]
    [InlineData("hub.example.org", "http://hub.example.org", 403)]
    [InlineData("hub.example.org", "https://hub.example.org:8443", 403)]
    [InlineData("hub.example.org", "https://evil.example", 403)]
    [InlineData("hub.example.org:8443", "https://hub.example.org:8443", 400)]
    [InlineData("evil.example", "https://hub.example.org", 400)]
    [InlineData("localhost", "https://hub.example.org", 403)]
    public async Task Only_pages_of_that_very_address_may_write_through_it(string host, string origin, int status)
    {
        var answer = await RawHttp.AskAsync(
            _server.Port,
            "POST /torc/api/v1/counter/1 HTTP/1.1",
            [$"Host: {host}", $"Origin: {origin}", "Sec-Fetch-Site: same-origin", "Content-Type: application/json", $"Authorization: Bearer {await _server.TokenAsync()}", "Content-Length: 2"],
            "{}");

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, _server.Changes);
    }

    [Fact]
    public async Task Without_such_an_address_no_header_changes_where_the_server_is()
    {
        await using var plain = await SecuredServer.StartAsync();
        string[] headers = [$"Host: localhost:{plain.Port}", "X-Forwarded-Prefix: /torc", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "Content-Length: 0", "Connection: close"];

        var link = await RawHttp.AskAsync(plain.Port, "POST /api/v1/login-codes HTTP/1.1", headers);
        var prefixed = await RawHttp.AskAsync(plain.Port, "GET /torc/api/v1/sample HTTP/1.1", headers);

        Assert.StartsWith($"http://localhost:{plain.Port}/login", JsonDocument.Parse(link.Body).RootElement.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(404, prefixed.Status);
    }
}
