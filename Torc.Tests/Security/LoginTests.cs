using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Torc.Shared.Contracts;
using Torc.Tests.Support;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>What a browser and a program can do that the server does not know by their uid.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RememberedLog _log = new();
    private SecuredServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SecuredServer.StartAsync(builder =>
    {
        builder.Services.AddSingleton<IPeerLookup>(FixedPeer.Stranger);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Logging.AddProvider(_log).SetMinimumLevel(LogLevel.Debug);
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_link_works_once_and_its_cookie_goes_on_working()
    {
        var cookies = new CookieContainer();
        using var browser = _server.Client(cookies: cookies);
        using var second = _server.Client(cookies: new CookieContainer());
        string code = _server.LoginCodes.Create().Code;

        using var opened = await browser.GetAsync($"/login?code={code}&to=/sample/1", Cancel);
        using var again = await second.GetAsync($"/login?code={code}", Cancel);

        Assert.Equal((HttpStatusCode.SeeOther, "/sample/1"), (opened.StatusCode, opened.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal("sample", await browser.GetStringAsync("/api/v1/sample", Cancel));
    }

    [Fact]
    public async Task A_link_opened_by_two_at_once_lets_one_in()
    {
        string code = _server.LoginCodes.Create().Code;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var browser = _server.Client();
            using var answer = await browser.GetAsync($"/login?code={code}", Cancel);
            return answer.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData(599, HttpStatusCode.SeeOther)]
    [InlineData(600, HttpStatusCode.Unauthorized)]
    public async Task A_link_works_for_ten_minutes(int seconds, HttpStatusCode expected)
    {
        using var browser = _server.Client();
        string code = _server.LoginCodes.Create().Code;

        _time.Advance(TimeSpan.FromSeconds(seconds));
        using var answer = await browser.GetAsync($"/login?code={code}", Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_head_request_does_not_use_a_link_up()
    {
        using var browser = _server.Client();
        string code = _server.LoginCodes.Create().Code;

        using var looked = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/login?code={code}"), Cancel);
        using var opened = await browser.GetAsync($"/login?code={code}", Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.NotEqual(HttpStatusCode.SeeOther, looked.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=guess")]
    [InlineData("?code=a&code=b")]
    public async Task A_wrong_code_opens_nothing(string query)
    {
        using var browser = _server.Client();

        using var answer = await browser.GetAsync($"/login{query}", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\nX-Made-Up: 1")]
    [InlineData(" //evil.example")]
    [InlineData("evil.example")]
    [InlineData("")]
    public async Task A_link_leads_nowhere_but_here(string to)
    {
        using var browser = _server.Client();

        using var answer = await browser.GetAsync($"/login?code={_server.LoginCodes.Create().Code}&to={Uri.EscapeDataString(to)}", Cancel);

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.False(answer.Headers.Contains("X-Made-Up"));
    }

    [Fact]
    public async Task The_cookie_is_for_this_server_and_for_no_script_and_no_other_site()
    {
        using var browser = _server.Client();

        using var answer = await browser.GetAsync($"/login?code={_server.LoginCodes.Create().Code}", Cancel);
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.Matches($"^torc-{_server.Port}-[0-9a-f]{{8}}=", cookie);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_cookie_ends_after_twelve_hours_without_use()
    {
        using var browser = _server.Client(cookies: new CookieContainer());
        using var opened = await browser.GetAsync($"/login?code={_server.LoginCodes.Create().Code}", Cancel);

        _time.Advance(TimeSpan.FromHours(12.1));
        using var answer = await browser.GetAsync("/api/v1/sample", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_cookie_of_one_server_opens_no_other()
    {
        await using var other = await SecuredServer.StartAsync(builder => builder.Services.AddSingleton<IPeerLookup>(FixedPeer.Stranger));
        using var browser = _server.Client();
        using var elsewhere = other.Client();
        using var opened = await browser.GetAsync($"/login?code={_server.LoginCodes.Create().Code}", Cancel);
        using var own = await elsewhere.GetAsync($"/login?code={other.LoginCodes.Create().Code}", Cancel);
        string name = own.Headers.GetValues("Set-Cookie").Single().Split('=')[0];
        string value = opened.Headers.GetValues("Set-Cookie").Single().Split('=', 2)[1].Split(';')[0];

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sample") { Headers = { { "Cookie", $"{name}={value}" } } };
        using var answer = await elsewhere.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_token_opens_and_a_link_can_be_asked_for_with_it()
    {
        using var program = _server.Client(await _server.TokenAsync());
        using var browser = _server.Client();

        using var created = await program.PostAsync("/api/v1/login-codes", content: null, Cancel);
        var link = await created.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        using var opened = await browser.GetAsync(link.GetProperty("url").GetString(), Cancel);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("no-store", created.Headers.CacheControl?.ToString());
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(10), link.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer {0}x")]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Bearer wrong\r\nAuthorization: Bearer {0}")]
    public async Task Other_credentials_open_nothing(string credentials)
    {
        string written = credentials.Replace("{0}", await _server.TokenAsync(), StringComparison.Ordinal);

        var answer = await RawHttp.AskAsync(
            _server.Port, "GET /api/v1/sample HTTP/1.1", [$"Host: localhost:{_server.Port}", $"Authorization: {written}", "Connection: close"]);

        Assert.True(answer.Status is 400 or 401, $"{answer.Status}");
    }

    [Fact]
    public async Task A_wrong_token_is_refused_even_to_the_owner_and_to_a_cookie()
    {
        await using var server = await SecuredServer.StartAsync();
        using var program = server.Client("wrong");

        using var answer = await program.GetAsync("/api/v1/sample", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_address_opens_nothing()
    {
        string token = await _server.TokenAsync();
        string[] paths = [$"/api/v1/sample?access_token={token}", $"{HubPaths.Agents}?access_token={token}", $"{HubPaths.Agents}/negotiate?access_token={token}&negotiateVersion=1"];

        foreach (string path in paths)
        {
            foreach (string method in new[] { "GET", "POST" })
            {
                var answer = await RawHttp.AskAsync(
                    _server.Port, $"{method} {path} HTTP/1.1", [$"Host: localhost:{_server.Port}", "Content-Length: 0", "Connection: close"]);

                Assert.Equal(401, answer.Status);
            }
        }
    }

    [Fact]
    public async Task An_agent_opens_its_line_with_the_token_in_a_header()
    {
        string token = await _server.TokenAsync();
        await using var line = new HubConnectionBuilder()
            .WithUrl(new Uri(_server.Url, HubPaths.Agents), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();

        await line.StartAsync(Cancel).WaitAsync(Waiting.Patience, Cancel);

        Assert.Equal("hello", await line.InvokeAsync<string>("Echo", "hello", Cancel));
    }

    [Fact]
    public async Task A_person_gets_a_page_that_helps_and_a_program_gets_a_problem()
    {
        using var browser = _server.Client();
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");

        using var page = await browser.GetAsync("/workflows/12?a=<script>", Cancel);
        using var api = await browser.GetAsync("/api/v1/sample", Cancel);
        using var hub = await browser.PostAsync($"{HubPaths.Watch}/negotiate", content: null, Cancel);
        string html = await page.Content.ReadAsStringAsync(Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("torc login", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http-equiv", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (api.StatusCode, api.Content.Headers.ContentType?.MediaType));
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (hub.StatusCode, hub.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_link_from_another_site_is_followed_again_by_our_own_page_so_that_the_cookie_comes_along()
    {
        string[] headers = [$"Host: localhost:{_server.Port}", "Accept: text/html", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Connection: close"];

        var page = await RawHttp.AskAsync(_server.Port, "GET /workflows/12?q=%22%3E%3Cscript%3E&a=1 HTTP/1.1", headers);
        var outside = await RawHttp.AskAsync(_server.Port, "GET //evil.example/ HTTP/1.1", headers);

        Assert.Contains("content=\"0;url=/workflows/12?q=%22%3E%3Cscript%3E&amp;a=1\"", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", outside.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_a_log()
    {
        using var browser = _server.Client(cookies: new CookieContainer());
        var code = _server.LoginCodes.Create();
        string token = await _server.TokenAsync();
        using var program = _server.Client(token);
        using var opened = await browser.GetAsync($"/login?code={code.Code}", Cancel);
        using var again = await browser.GetAsync($"/login?code={code.Code}", Cancel);
        using var asked = await program.GetAsync("/api/v1/sample", Cancel);
        using var created = await program.PostAsync("/api/v1/login-codes", content: null, Cancel);

        Assert.NotEmpty(_log.Lines);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(code.Code, StringComparison.Ordinal) || line.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(code.Code, $"{code}", StringComparison.Ordinal);
    }
}
