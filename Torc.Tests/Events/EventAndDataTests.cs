using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Engine;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Data.Doctor;
using Torc.Web.Engine;
using Torc.Web.Events;
using Xunit;

namespace Torc.Tests.Events;

/// <summary>Events and user data, in the engine and its database.</summary>
public sealed class EventAndDataTests : IAsyncLifetime
{
    private EngineHost _host = null!;
    private EngineHost.FakeAgent _agent = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EventQueries Events => new(new SqliteStore(_host.Database).Open);

    private UserDataQueries Data => new(new SqliteStore(_host.Database).Open);

    public async ValueTask InitializeAsync()
    {
        _host = await EngineHost.StartAsync();
        _agent = _host.Agent(cpus: 1);
        await _agent.HelloAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var examined = await DatabaseDoctor.ExamineAsync(_host.Database, CancellationToken.None);
        await _host.DisposeAsync();
        Assert.Empty(examined.Violations);
    }

    [Fact]
    public async Task What_Torc_does_is_numbered_with_what_others_post_also_across_a_restart()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x | x > b > y"));
        await _agent.ReportAsync();
        await PostAsync(workflow, "checkpoint", """{"loss":0.3}""");
        await _host.KillAndStartAgainAsync();
        await _agent.HelloAsync();
        await PostAsync(workflow, "checkpoint", """{"loss":0.1}""");
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());
        await _agent.ReportAsync(_agent.Started(), _agent.Ended(exitCode: 3));

        Assert.Equal(
            """
            1 torc.run.started {"by":"ann","jobs":2}
            2 checkpoint {"loss":0.3}
            3 checkpoint {"loss":0.1}
            4 torc.job.started a 1
            5 torc.job.completed a 1
            6 torc.job.started b 1
            7 torc.job.failed b 1 {"reason":"Failed: exit code 3.","outcome":"exit","exit_code":3}
            8 torc.run.ended {"status":"failed"}
            """,
            await TellAsync(workflow, new EventFilter()));
    }

    [Fact]
    public async Task Events_are_found_by_type_job_run_time_and_a_field_of_their_data()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x | x > b > y"));
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());
        await PostAsync(workflow, "loss", """{"loss":0.3}""");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await PostAsync(workflow, "loss", """{"loss":0.1}""");

        Assert.Equal("3 torc.job.completed a 1", await TellAsync(workflow, new EventFilter(Type: "torc.job.*", Job: "a") { Data = null }, skip: 1));
        Assert.Equal("5 loss {\"loss\":0.1}", await TellAsync(workflow, new EventFilter(Data: [DataCondition.TryParse("loss<0.2")!])));
        Assert.Equal("5 loss {\"loss\":0.1}", await TellAsync(workflow, new EventFilter(Since: _host.Clock.GetUtcNow())));
        Assert.Equal("", await TellAsync(workflow, new EventFilter(Run: 2)));

        var newest = await Events.PageAsync(workflow, new EventFilter(), from: 0, limit: 2, newestFirst: true, Cancel);
        var before = await Events.PageAsync(workflow, new EventFilter(), newest.Next!.Value, limit: 2, newestFirst: true, Cancel);
        Assert.Equal([5, 4, 3, 2], newest.Events.Concat(before.Events).Select(one => one.Number));
    }

    [Fact]
    public async Task Those_of_all_workflows_go_by_the_order_in_which_they_were_stored()
    {
        var one = await _host.CreateAsync(Sketch.Draw("raw > a > x") with { Name = "one" });
        var other = await _host.CreateAsync(Sketch.Draw("raw > a > x") with { Name = "other" });
        await PostAsync(one, "loss", "1");
        await PostAsync(other, "loss", "2");
        await PostAsync(one, "loss", "3");

        var newest = await Events.PageAsync(null, new EventFilter(Type: "loss"), from: 0, limit: 2, newestFirst: true, Cancel);
        var before = await Events.PageAsync(null, new EventFilter(), newest.Next!.Value, limit: 10, newestFirst: true, Cancel);
        var after = await Events.PageAsync(null, new EventFilter(), newest.Next!.Value, limit: 10, newestFirst: false, Cancel);
        Assert.Equal(["one 3 loss", "other 2 loss"], newest.Events.Select(Tell));
        Assert.Equal(["one 2 loss", "other 1 torc.run.started", "one 1 torc.run.started"], before.Events.Select(Tell));
        Assert.Equal(["one 3 loss"], after.Events.Select(Tell));
        Assert.Null(before.Next);

        static string Tell(Torc.Shared.Contracts.EventView one) => $"{one.WorkflowName} {one.Number} {one.Type}";
    }

    [Fact]
    public async Task Whoever_follows_hears_of_every_event_once_and_in_order()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x"));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        enough.CancelAfter(Waiting.Patience);
        var heard = new List<long>();
        var following = FollowAsync();

        for (int count = 0; count < 50; count++)
        {
            await PostAsync(workflow, "note", "null");
        }

        await following;
        Assert.Equal(Enumerable.Range(1, 51).Select(number => (long)number), heard);

        async Task FollowAsync()
        {
            await foreach (var batch in new EventStream(Events, _host.Feed).FollowAsync(workflow, new EventFilter(), after: 0, enough.Token))
            {
                heard.AddRange(batch.Select(one => one.Number));
                if (heard.Count >= 51)
                {
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task A_job_that_did_not_store_what_it_produces_has_failed_as_one_without_its_file()
    {
        var workflow = await _host.CreateAsync(Makes(Sketch.Draw("raw > a > x | x > b > y"), job: 0));
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());

        var job = (await _host.Queries.JobsAsync(workflow, Cancel))[0];
        Assert.Equal((JobStatus.Failed, OutcomeKind.MissingOutput), (job.Status, job.Outcome?.Kind));
        Assert.Equal("Failed: the command ended with exit code 0 but did not write the user data results.", job.Reason);
    }

    [Fact]
    public async Task A_job_that_stored_what_it_produces_is_done_and_its_value_is_kept_by_run_and_attempt()
    {
        var workflow = await _host.CreateAsync(Makes(Sketch.Draw("raw > a > x"), job: 0));
        await _agent.ReportAsync();
        var first = new AttemptId((await _host.Queries.JobsAsync(workflow, Cancel))[0].Id, 1);
        await StoreAsync(workflow, "1", first);
        await StoreAsync(workflow, """{"key1": 2}""", first);
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());
        await StoreAsync(workflow, "3", by: null);
        await RerunAsync(workflow, 0);
        await _agent.ReportAsync();
        await StoreAsync(workflow, "4", first with { Number = 2 });
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());

        Assert.Equal("a Completed", await _host.StatusesAsync(workflow));
        var history = await Data.HistoryAsync(workflow, "results", Cancel);
        Assert.Equal(
            ["run 1  : 3", "run 1 a 1: {\"key1\": 2}", "run 2 a 2: 4"],
            history.Select(value => $"run {value.Run} {value.Job} {value.Attempt}: {value.Value?.GetRawText()}").Order(StringComparer.Ordinal));
        var now = (await Data.FindAsync(workflow, "results", Cancel))!;
        Assert.Equal(("4", "a", 2), (now.Value?.GetRawText(), now.Job, now.Run));
    }

    [Fact]
    public async Task An_ephemeral_value_is_cleared_when_its_producer_runs_again_and_stays_when_that_is_kept()
    {
        var workflow = await _host.CreateAsync(Makes(Sketch.Draw("raw > a > x | x > b > y"), job: 0, isEphemeral: true));
        await _agent.ReportAsync();
        await StoreAsync(workflow, "1", by: null);
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());

        await RerunAsync(workflow, 1);
        Assert.True((await Data.FindAsync(workflow, "results", Cancel))!.IsStored);
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());
        await RerunAsync(workflow, 0, 1);
        Assert.False((await Data.FindAsync(workflow, "results", Cancel))!.IsStored);
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Started(), _agent.Ended());

        Assert.Equal("a Failed, b Canceled", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task What_was_stored_outlives_a_new_spec_that_says_nothing_else_of_it()
    {
        var definition = Makes(Sketch.Draw("raw > a > x"), job: 0);
        var workflow = await _host.CreateAsync(definition, start: false);
        await StoreAsync(workflow, "1", by: null);
        var loaded = (await _host.Store.FindAsync(workflow, Cancel))!;
        var more = definition with { UserData = [new UserDataDefinition("other", "5", false), .. definition.UserData], Jobs = [definition.Jobs[0] with { OutputData = [1] }] };

        await _host.Engine.ChangeAsync((state, commit, now) => state.TryRevise(state.Adopt(loaded)!, more, [0], new SpecSource("next.json", "{}"), now, commit) is not null, Cancel);

        Assert.Equal(["other 5", "results 1"], (await Data.ListAsync(workflow, Cancel)).Select(data => $"{data.Name} {data.Value?.GetRawText()}"));
        Assert.Equal("1", (await _host.Store.FindAsync(workflow, Cancel))!.Data["results"]);
        Assert.Equal("1", await _host.Engine.ReadAsync(state => state.Find(workflow)!.Data["results"], Cancel));
    }

    [Fact]
    public async Task Only_the_attempt_that_is_open_may_speak_for_its_job()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x"));
        var attempt = new AttemptId((await _host.Queries.JobsAsync(workflow, Cancel))[0].Id, 1);

        Assert.Null(await OpenAsync());
        await _agent.ReportAsync();
        Assert.Equal((workflow, 1), (await OpenAsync()) is { } pending ? (pending.Workflow, pending.Run) : default);
        await _agent.ReportAsync(_agent.Started());
        Assert.NotNull(await OpenAsync());
        Assert.Null(await _host.Engine.ReadAsync(state => state.OpenAttempt(attempt with { Number = 2 }), Cancel));
        await _agent.ReportAsync(_agent.Ended());
        Assert.Null(await OpenAsync());

        Task<AttemptOrigin?> OpenAsync() => _host.Engine.ReadAsync(state => state.OpenAttempt(attempt), Cancel);
    }

    private static WorkflowDefinition Makes(WorkflowDefinition definition, int job, bool isEphemeral = false) => definition with
    {
        Jobs = [.. definition.Jobs.Select((one, position) => position == job ? one with { OutputData = [0] } : one)],
        UserData = [definition.UserData[0] with { IsEphemeral = isEphemeral }],
    };

    private Task<EventPost> PostAsync(WorkflowId workflow, string type, string data) => _host.Engine.ChangeAsync(
        (_, commit, now) =>
        {
            var post = new EventPost(workflow, now, type, data);
            commit.Events.Add(post);
            return post;
        },
        Cancel);

    private Task<UserDataPost> StoreAsync(WorkflowId workflow, string json, AttemptId? by) =>
        _host.Engine.ChangeAsync((state, commit, now) => state.StoreData(workflow, "results", json, by, now, commit), Cancel);

    private async Task RerunAsync(WorkflowId workflow, params int[] jobs)
    {
        var loaded = (await _host.Store.FindAsync(workflow, Cancel))!;
        Assert.True(await _host.Engine.ChangeAsync(
            (state, commit, now) => state.TryRerun(state.Adopt(loaded)!, jobs.ToHashSet(), new HashSet<int>(), stop: false, Torc.Shared.Reruns.RerunScope.Selected, "ann", now, commit), Cancel));
    }

    private async Task<string> TellAsync(WorkflowId workflow, EventFilter filter, int skip = 0)
    {
        var page = await Events.PageAsync(workflow, filter, from: 0, limit: 100, newestFirst: false, Cancel);
        return string.Join('\n', page.Events.Skip(skip).Select(one => $"{one.Number} {one.Type} {one.JobName} {one.Attempt} {one.Data?.GetRawText()}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd().Replace("  ", " ", StringComparison.Ordinal)));
    }
}
