using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;
using Torc.Shared.Quantities;
using Torc.Tests.Logs;
using Torc.Web.Api;
using Torc.Web.Editor;
using Torc.Web.Engine;
using Torc.Web.Events;
using Torc.Web.Jobs;
using Torc.Web.Live;
using Torc.Web.Logs;
using Torc.Web.Nodes;
using Torc.Web.Reruns;
using Torc.Web.Search;
using Torc.Web.Shell;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Support;

/// <summary>The real pages on a real port, over workflows that a test moves by hand, under the strictest policy that they are meant to bear.</summary>
internal sealed class FakeSite : IAsyncDisposable
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; connect-src 'self'";

    private readonly WebApplication _app;

    private FakeSite(WebApplication app, FakeWorkflows workflows)
    {
        _app = app;
        Workflows = workflows;
    }

    public FakeWorkflows Workflows { get; }

    public FakeEvents Events => _app.Services.GetRequiredService<FakeEvents>();

    public FakeDraftDesk Drafts => _app.Services.GetRequiredService<FakeDraftDesk>();

    /// <summary>Begins a draft.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> DraftAsync(string text, string fileName) =>
        (await _app.Services.GetRequiredService<DraftDoor>().BeginAsync(fileName, text, null, TestContext.Current.CancellationToken)).Id;

    public FakeReruns Reruns => _app.Services.GetRequiredService<FakeReruns>();

    public FakeTimesLeft TimesLeft => _app.Services.GetRequiredService<FakeTimesLeft>();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What each log shows, whichever the job.</summary>
    public string Log { get; set; } = "";

    public IReadOnlyList<SampleView> Samples { get; set; } = [];

    /// <summary>Of every workflow; null for what its jobs did.</summary>
    public TimelineView? Timeline { get; set; }

    public SpecSummary Answer { get; set; } = new("diamond", 4, 6, 1, new EdgeCounts(0, 4), 3, 1, [], []);

    /// <param name="port">0 for any that is free.</param>
    public static async Task<FakeSite> StartAsync(FakeWorkflows? workflows = null, LiveFeed? feed = null, int port = 0)
    {
        feed ??= new LiveFeed(TimeProvider.System);
        workflows ??= new FakeWorkflows(feed);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Torc.Web",
            EnvironmentName = "Production",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseTorcAssets().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(feed).AddSingleton<IWorkflowQueries>(workflows).AddSingleton<WorkflowShapes>().AddSingleton<IJobQueries>(workflows).AddSingleton<IRerunDesk>(services => services.GetRequiredService<FakeReruns>()).AddSingleton(new FakeReruns(workflows)).AddSingleton<IRunQueries>(new FakeRuns()).AddSingleton<INodeQueries>(new FakeNodes());
        builder.Services.AddSingleton(new FakeEvents(feed)).AddSingleton<IEventQueries>(services => services.GetRequiredService<FakeEvents>()).AddSingleton<IUserDataQueries>(services => services.GetRequiredService<FakeEvents>());
        builder.Services.AddSingleton(new FakeTimesLeft()).AddSingleton<ITimesLeft>(services => services.GetRequiredService<FakeTimesLeft>());
        builder.Services.AddSingleton<ISearch>(new FakeSearch(workflows));
        builder.Services.AddSingleton(new FakeDesk(workflows)).AddSingleton<IJobDesk>(services => services.GetRequiredService<FakeDesk>()).AddSingleton<IWorkflowDesk>(services => services.GetRequiredService<FakeDesk>()).AddSingleton<INeedsDesk>(services => services.GetRequiredService<FakeDesk>());
        builder.Services.AddSingleton<ISuggestionDesk>(new FakeSuggestions()).AddSingleton<IFileQueries>(new FakeFiles(workflows));
        builder.Services.AddSingleton(new WorkflowStore(() => throw new NotSupportedException("These workflows are not stored.")));
        builder.Services.AddSingleton<IDraftStore>(new FakeDrafts()).AddSingleton(new FakeDraftDesk(workflows)).AddSingleton<IDraftDesk>(services => services.GetRequiredService<FakeDraftDesk>()).AddSingleton<DraftRooms>();
        builder.Services.AddSingleton(services => new DraftDoor(services.GetRequiredService<IDraftStore>(), services.GetRequiredService<DraftRooms>(), services.GetRequiredService<IDraftDesk>(), TimeProvider.System, Path.GetTempPath()));
        builder.Services.AddTorcPages();
        builder.Services.AddTorcApi();
        builder.Services.ConfigureHttpJsonOptions(options => TorcJson.Configure(options.SerializerOptions));
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        app.UseTorcPages();
        app.UseAntiforgery();
        app.MapTorcPages();
        app.MapTorcReruns();
        app.MapTorcDrafts();
        app.MapTorcSearch();
        var site = new FakeSite(app, workflows);
        site.MapApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        // Open circuits would hold an orderly stop for its whole grace time.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private void MapApi()
    {
        var api = _app.MapGroup("/api/v1");
        api.MapGet("/jobs/{job:long}/attempts/{number:int}/log", (string stream, HttpResponse response) => stream is "stderr"
            ? Results.Problem(detail: "This log was not kept.", statusCode: 404)
            : WholeLog(response));
        api.MapGet("/jobs/{job:long}/attempts/{number:int}/log/search", (string pattern) => Results.Json(
            LogSearch.Run(new MemoryLog(Log), LogPattern.TryCreate(pattern, isRegex: false, ignoreCase: true, out _)!, 1, 1_000, () => true), TorcJson.Default.LogMatches));
        api.MapGet("/jobs/{job:long}/attempts/{number:int}/log/stream", () => TypedResults.ServerSentEvents(End(Encoding.UTF8.GetByteCount(Log))));
        api.MapGet("/jobs/{job:long}/attempts/{number:int}/samples", () => Results.Json(Samples, TorcJson.Default.IReadOnlyListSampleView));
        api.MapGet("/nodes/{id:long}/samples", () => Results.Json(Samples, TorcJson.Default.IReadOnlyListSampleView));
        api.MapGet("/workflows/{id:long}/timeline", (long id) => Results.Json(Timeline ?? Workflows.Timeline(new WorkflowId(id)), TorcJson.Default.TimelineView));
        api.MapPost("/workflows/{id:long}/start", (long id) =>
        {
            Workflows.Move(new WorkflowId(id), DateTimeOffset.UtcNow, ("preprocess", JobStatus.Running, null));
            return Results.Ok();
        });
        api.MapPost("/workflows", (bool? dry_run) =>
        {
            if (dry_run == true)
            {
                return Results.Json(Answer, TorcJson.Default.SpecSummary);
            }

            var id = Workflows.Add(Diamond.Definition);
            return Results.Content($$"""{"id":{{id}},"name":"diamond"}""", "application/json", Encoding.UTF8, 201);
        });
    }

    // Whatever part is asked for: all of it is not much.
    private IResult WholeLog(HttpResponse response)
    {
        response.Headers["Torc-Log-Offset"] = "0";
        response.Headers["Torc-Log-Length"] = Encoding.UTF8.GetByteCount(Log).ToString(CultureInfo.InvariantCulture);
        response.Headers["Torc-Log-First-Line"] = "1";
        return Results.Text(Log, "text/plain", Encoding.UTF8);
    }

    private static async IAsyncEnumerable<SseItem<LogNews>> End(long length)
    {
        await Task.Yield();
        yield return new SseItem<LogNews>(new LogNews(length), LogFollows.End);
    }

    /// <summary>A second of memory and CPU each, as the diamond's work jobs use them.</summary>
    public static IReadOnlyList<SampleView> Ramp(DateTimeOffset from, int count, int mebibytes) =>
    [
        .. Enumerable.Range(0, count).Select(second => new SampleView(
            from.AddSeconds(second),
            second == 0 ? 12 : 97 + (second * 7 % 5),
            new MemorySize((long)(Math.Min(1, 0.2 + (second * 0.4)) * mebibytes * 1024 * 1024) + (second * 70_000 % 300_000)),
            Processes: 3,
            ReadRate: 0,
            WriteRate: 0)),
    ];
}
