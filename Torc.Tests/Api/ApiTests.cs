using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;
using Torc.Web;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Api;

/// <summary>What programs rely on beyond single answers: pages, entity tags, requests that come twice, dry runs.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private const string Diamond = """
        name: diamond
        jobs:
          - {name: top, command: "true"}
          - {name: left, command: "true", depends_on: [top]}
          - {name: right, command: "true", depends_on: [top]}
          - {name: bottom, command: "true", depends_on: [left, right]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("torc-api-").FullName;
    private WebApplication _server = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_come_in_pages_that_lead_to_each_other()
    {
        await CreateAsync();
        await CreateAsync();
        await CreateAsync();

        Assert.Equal([["3", "2"], ["1"]], await PagesAsync("/api/v1/workflows?limit=2", "id"));
        Assert.Equal([["top", "left", "right"], ["bottom"]], await PagesAsync("/api/v1/workflows/1/jobs?limit=3", "name"));
        Assert.Equal([["top", "left", "right", "bottom"]], await PagesAsync("/api/v1/workflows/1/jobs?limit=4", "name"));
        Assert.Equal([["left"], ["right"], ["bottom"]], await PagesAsync("/api/v1/workflows/1/jobs?select=-top&limit=1", "name"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _http.GetAsync("/api/v1/workflows?limit=0", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _http.GetAsync("/api/v1/workflows/1/jobs?limit=10001", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Workflows_are_found_by_a_part_of_the_name_by_number_status_project_and_user()
    {
        await SendAsync(HttpMethod.Post, "/api/v1/workflows?file_name=a.yaml", Diamond.Replace("name: diamond", "name: Wind North\nproject: wind\nuser: ann", StringComparison.Ordinal));
        await SendAsync(HttpMethod.Post, "/api/v1/workflows?file_name=a.yaml&start=true", Diamond.Replace("name: diamond", "name: sun 1\nproject: sun\nuser: ann", StringComparison.Ordinal));
        await SendAsync(HttpMethod.Post, "/api/v1/workflows?file_name=a.yaml&start=true", Diamond.Replace("name: diamond", "name: wind south\nproject: wind\nuser: bob", StringComparison.Ordinal));

        Assert.Equal([["3", "1"]], await PagesAsync("/api/v1/workflows?q=WIND", "id"));
        Assert.Equal([["2", "1"]], await PagesAsync("/api/v1/workflows?q=1", "id"));
        Assert.Equal([["3"], ["2"]], await PagesAsync("/api/v1/workflows?status=running&limit=1", "id"));
        Assert.Equal([["3", "2", "1"]], await PagesAsync("/api/v1/workflows?status=running&status=draft", "id"));
        Assert.Equal([["1"]], await PagesAsync("/api/v1/workflows?project=wind&user=ann", "id"));
        var refused = await SendAsync(HttpMethod.Get, "/api/v1/workflows?status=lost");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "A workflow is draft, running, done or failed, not \"lost\"."), (refused.StatusCode, (await ProblemAsync(refused)).Detail));
    }

    [Fact]
    public async Task Jobs_are_turned_off_and_on_by_name_or_selection_and_refusals_say_why()
    {
        await CreateAsync();

        Assert.Equal("2 jobs of workflow 1 would be turned off.", await WouldAsync("/api/v1/workflows/1/turn_off?job=left&select=right&dry_run=true"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/turn_off?job=left&job=right")).StatusCode);
        Assert.Equal([["left", "right"]], await PagesAsync("/api/v1/workflows/1/jobs?select=status:off", "name"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/start")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/turn_on?select=status:off")).StatusCode);

        var again = await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/turn_on?job=left");
        Assert.Equal((HttpStatusCode.Conflict, "None of these jobs is off."), (again.StatusCode, (await ProblemAsync(again)).Detail));
        var nobody = await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/turn_off");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Say which jobs of workflow 1 to turn off, by job= or select=."), (nobody.StatusCode, (await ProblemAsync(nobody)).Detail));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/turn_off?job=lft")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/77/turn_off?job=left")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/77/turn_off?select=status:off")).StatusCode);
    }

    [Fact]
    public async Task A_spec_that_somebody_else_has_changed_is_not_overwritten()
    {
        await CreateAsync();
        var first = (await _http.GetAsync("/api/v1/workflows/1/spec", Cancel)).Headers.ETag!;

        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(HttpMethod.Get, "/api/v1/workflows/1/spec", headers: ("If-None-Match", first.Tag))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "/api/v1/workflows/1/spec?notation=json", headers: ("If-None-Match", first.Tag))).StatusCode);
        var changed = await ChangeAsync("true # mine", first.Tag);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.StatusCode, changed.Headers.ETag?.Tag));

        var refused = await ChangeAsync("true # theirs", first.Tag);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Equal(("TORC952", "Its newest version is 2, and the request was made for \"1\". Read it again, and put your change into that."), await ProblemAsync(refused));
        Assert.Contains("# mine", await _http.GetStringAsync("/api/v1/workflows/1/spec", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await ChangeAsync("true # theirs", first.Tag, "?dry_run=true")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync("true # theirs", "*")).StatusCode);
    }

    [Fact]
    public async Task A_workflow_whose_creation_is_asked_for_twice_is_created_once_also_when_the_server_was_started_anew()
    {
        var first = await CreateAsync("abc");

        var again = await CreateAsync("abc");

        Assert.Equal((HttpStatusCode.Created, "/api/v1/workflows/1"), (again.StatusCode, again.Headers.Location?.ToString()));
        Assert.Equal((false, true), (IsReplayed(first), IsReplayed(again)));
        Assert.Equal(2, (await (await CreateAsync("xyz")).Content.ReadFromJsonAsync(TorcJson.Default.WorkflowView, Cancel))!.Id.Value);
        await StopAsync();
        await StartAsync();
        Assert.Equal("/api/v1/workflows/1", (await CreateAsync("abc")).Headers.Location?.ToString());
        var other = await SendAsync(HttpMethod.Post, "/api/v1/workflows?file_name=a.yaml", Diamond + "# other", ("Idempotency-Key", "abc"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("Another request had the Idempotency-Key \"abc\". Name each request differently, and repeat only the same.", (await ProblemAsync(other)).Detail);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CreateAsync(new string('k', 256))).StatusCode);
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Requests_that_come_at_once_under_one_key_create_one_workflow()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync("abc")));

        Assert.All(answers, answer => Assert.Equal("/api/v1/workflows/1", answer.Headers.Location?.ToString()));
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task A_rerun_that_is_asked_for_twice_starts_one_run()
    {
        await CreateAsync();
        await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/start");
        await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/stop");

        var first = await RerunAsync("abc");
        var again = await RerunAsync("abc");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal((false, true), (IsReplayed(first), IsReplayed(again)));
        Assert.Equal(2, (await FindAsync()).Run);
        await RerunAsync("xyz");
        Assert.Equal(3, (await FindAsync()).Run);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing()
    {
        await CreateAsync();
        var draft = await FindAsync();

        Assert.Equal("Workflow 1 would start with 4 jobs.", await WouldAsync("/api/v1/workflows/1/start?dry_run=true"));
        Assert.Equal(draft.Version, (await FindAsync()).Version);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/start")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/start?dry_run=true")).StatusCode);

        Assert.Equal("4 jobs of workflow 1 would end.", await WouldAsync("/api/v1/workflows/1/stop?dry_run=true"));
        Assert.Equal("1 job of workflow 1 would end.", await WouldAsync("/api/v1/workflows/1/stop?dry_run=true&job=left"));
        Assert.Equal(WorkflowStatus.Running, (await FindAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/stop?job=left")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/stop")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/stop?dry_run=true")).StatusCode);

        var plan = await SendAsync(HttpMethod.Post, "/api/v1/workflows/1/rerun?dry_run=true", """{"scope": "all"}""", ("Idempotency-Key", "abc"));
        Assert.Equal(4, (await plan.Content.ReadFromJsonAsync(TorcJson.Default.RerunPlanView, Cancel))!.Jobs.Count);
        Assert.Equal(1, (await FindAsync()).Run);
        Assert.Equal(HttpStatusCode.OK, (await RerunAsync("abc")).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nonsense", null, 404, "There is nothing at this address; /api/v1/openapi.json lists all that there are.")]
    [InlineData("DELETE", "/api/v1/workflows", null, 405, "This address takes GET, HEAD, POST.")]
    [InlineData("GET", "/api/v1/jobs/1/attempts/1/log?tail_lines=many", null, 400, "tail_lines cannot be \"many\".")]
    [InlineData("POST", "/api/v1/workflows/1/plan", """{"scope": "nonsense"}""", 400, "Its body is not the JSON that is asked for: see $.scope, line 1. /api/v1/openapi.json says what it may be.")]
    [InlineData("POST", "/api/v1/workflows/1/plan", "", 400, "Its body or its parameters are not what is asked for; /api/v1/openapi.json says what they may be.")]
    public async Task What_no_endpoint_takes_is_refused_in_words(string method, string address, string? body, int status, string detail)
    {
        var answer = await SendAsync(HttpMethod.Parse(method), address, body);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal(detail, (await ProblemAsync(answer)).Detail);
    }

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        _server = await TorcServer.BuildAsync(["--data", _folder, "--port", "0", "--agent:start", "false", "--Logging:LogLevel:Default", "Critical"], CancellationToken.None);
        await _server.StartAsync(Cancel);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_server.Services.GetRequiredService<LoopbackListener>().Port}") };
    }

    private async Task StopAsync()
    {
        _http.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(address.Contains("file_name", StringComparison.Ordinal) ? "application/yaml" : "application/json"));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, Cancel);
    }

    private Task<HttpResponseMessage> CreateAsync(string? key = null) =>
        SendAsync(HttpMethod.Post, "/api/v1/workflows?file_name=a.yaml", Diamond, key is null ? [] : [("Idempotency-Key", key)]);

    private Task<HttpResponseMessage> ChangeAsync(string command, string tag, string query = "") => SendAsync(
        HttpMethod.Put, $"/api/v1/workflows/1/spec{(query.Length == 0 ? "?" : $"{query}&")}file_name=a.yaml", Diamond.Replace("\"true\"}", $"\"{command}\"}}", StringComparison.Ordinal), ("If-Match", tag));

    private Task<HttpResponseMessage> RerunAsync(string key) => SendAsync(HttpMethod.Post, "/api/v1/workflows/1/rerun", """{"scope": "all", "stop_running": true}""", ("Idempotency-Key", key));

    private async Task<string?> WouldAsync(string address)
    {
        var answer = await SendAsync(HttpMethod.Post, address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(TorcJson.Default.DryRunView, Cancel))!.Would;
    }

    private async Task<WorkflowView> FindAsync() => (await _http.GetFromJsonAsync("/api/v1/workflows/1", TorcJson.Default.WorkflowView, Cancel))!;

    private async Task<IReadOnlyList<WorkflowView>> ListAsync() => (await _http.GetFromJsonAsync("/api/v1/workflows", TorcJson.Default.IReadOnlyListWorkflowView, Cancel))!;

    private async Task<List<string[]>> PagesAsync(string address, string key)
    {
        var pages = new List<string[]>();
        for (string? next = address; next is not null;)
        {
            using var answer = await _http.GetAsync(next, Cancel);
            pages.Add([.. JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsArray().Select(entry => entry![key]!.ToString())]);
            // Link: </api/v1/workflows?limit=2&cursor=2>; rel="next"
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return pages;
    }

    private static bool IsReplayed(HttpResponseMessage answer) => answer.Headers.Contains("Idempotency-Replayed");

    private static async Task<(string? Code, string? Detail)> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync(TorcJson.Default.Problem, Cancel);
        return (problem!.Code, problem.Detail);
    }
}
