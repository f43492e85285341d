using Torc.Shared.Contracts;
using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Engine;
using Xunit;

namespace Torc.Tests.Engine;

public sealed class WorkflowEngineTests : IAsyncLifetime
{
    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_two_cpus_the_arms_of_the_diamond_are_given_out_together_with_the_answer_to_the_end_of_its_head()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();

        Assert.Equal(["preprocess"], await agent.ReportAsync());
        Assert.Equal(["work1", "work2"], await agent.ReportAsync(agent.Ended()));
        Assert.Equal([], await agent.ReportAsync(agent.Ended()));
        Assert.Equal(["postprocess"], await agent.ReportAsync(agent.Ended()));
        Assert.Equal([], await agent.ReportAsync(agent.Started(), agent.Ended()));

        Assert.Equal("preprocess Completed, work1 Completed, work2 Completed, postprocess Completed", await _host.StatusesAsync(workflow));
        Assert.Equal(WorkflowStatus.Completed, (await _host.Queries.FindAsync(workflow, Cancel))!.Status);
    }

    [Fact]
    public async Task On_one_cpu_they_are_given_out_one_after_the_other()
    {
        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();

        await agent.ReportAsync();
        Assert.Equal(["work1"], await agent.ReportAsync(agent.Ended()));
        Assert.Equal([], await agent.ReportAsync(agent.Started()));
        Assert.Equal(["work2"], await agent.ReportAsync(agent.Ended()));
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_goes_on_where_it_stopped_and_nothing_runs_twice()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Ended());
        await agent.ReportAsync(agent.Started(0), agent.Started(1));

        await _host.KillAndStartAgainAsync();
        var welcome = await agent.HelloAsync();

        Assert.Empty(welcome!.Drop);
        Assert.Equal([], await agent.ReportAsync());
        Assert.Equal([], await agent.ReportAsync(agent.Ended()));
        Assert.Equal(["postprocess"], await agent.ReportAsync(agent.Ended()));
        await agent.ReportAsync(agent.Ended());
        var jobs = await _host.Queries.JobsAsync(workflow, Cancel);
        Assert.All(jobs, job => Assert.Equal((JobStatus.Completed, 1), (job.Status, job.Attempt)));
    }

    [Fact]
    public async Task A_job_whose_assignment_never_arrived_is_given_out_again_as_a_new_attempt()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();

        await agent.HelloAsync(lostAnswer: true);

        Assert.Equal(["preprocess"], await agent.ReportAsync());
        Assert.Equal(2, Assert.Single(agent.Held).Number);
        Assert.Equal("preprocess Pending, work1 Blocked, work2 Blocked, postprocess Blocked", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task A_running_job_that_its_node_no_longer_knows_is_lost_and_not_run_again_behind_our_back()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Started());

        await agent.HelloAsync(lostAnswer: true);

        var jobs = await _host.Queries.JobsAsync(workflow, Cancel);
        Assert.Equal((JobStatus.Failed, OutcomeKind.NodeLost), (jobs[0].Status, jobs[0].Outcome!.Kind));
        Assert.Equal("Cancelled because preprocess failed.", jobs[1].Reason);
    }

    [Fact]
    public async Task An_attempt_that_was_replaced_is_dropped_when_its_agent_still_holds_it()
    {
        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        var first = agent.Held[0];
        await agent.HelloAsync(lostAnswer: true);
        await agent.ReportAsync();
        var hello = new AgentHello("a-1", new AgentSession(9, 1), "n1", "test", new(2, new(1L << 33), 0), MemoryGuard.Sampling, [first, agent.Held[0], new AttemptId(new JobId(999), 1)], []);

        var answer = await _host.Engine.ChangeAsync((state, commit, now) => state.Hello(hello, "c", now, commit), Cancel);

        Assert.Equal([first], answer!.Drop);
        Assert.Equal([new AttemptId(new JobId(999), 1)], answer.Unknown);
    }

    [Fact]
    public async Task An_attempt_that_was_taken_back_is_dropped_when_it_turns_up_again_before_the_next_one()
    {
        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        var first = agent.Held[0];
        await agent.HelloAsync(lostAnswer: true);
        var hello = new AgentHello("a-1", new AgentSession(9, 1), "n1", "test", new(2, new(1L << 33), 0), MemoryGuard.Sampling, [first], []);

        var answer = await _host.Engine.ChangeAsync((state, commit, now) => state.Hello(hello, "c", now, commit), Cancel);

        Assert.Equal([first], answer!.Drop);
    }

    [Fact]
    public async Task An_end_that_is_told_twice_counts_once()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        var end = agent.Ended();
        await agent.ReportAsync(end);

        Assert.Equal([], await agent.ReportAsync(EngineHost.FakeAgent.Ended(end.Attempt, exitCode: 3)));

        Assert.Equal("preprocess Completed, work1 Pending, work2 Pending, postprocess Blocked", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task An_end_whose_acknowledgement_was_lost_is_not_dropped_and_is_acknowledged_again()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        var end = agent.Ended();
        await agent.ReportAsync(end);
        var hello = new AgentHello("a-1", new AgentSession(2, 1), "n1", "test", new(2, new(1L << 33), 0), MemoryGuard.Sampling, [end.Attempt], [end.Attempt]);

        var answer = await _host.Engine.ChangeAsync((state, commit, now) => state.Hello(hello, "c", now, commit), Cancel);

        Assert.Equal([end.Attempt], answer!.Unknown);
        Assert.Equal([end.Attempt], await _host.Store.EndedAsync(answer.Unknown, Cancel));
        Assert.Equal("only Completed", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task What_comes_from_a_conversation_that_was_given_up_changes_nothing()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var old = _host.Agent(cpus: 2);
        await old.HelloAsync();
        await old.ReportAsync();
        var restarted = _host.Agent(cpus: 2, epoch: 2);
        await restarted.HelloAsync();

        Assert.Null(await old.ReportAsync(old.Ended()));
        Assert.Null(await old.HelloAsync());

        Assert.Equal("preprocess Ready, work1 Blocked, work2 Blocked, postprocess Blocked", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task An_idle_agent_is_told_once_that_there_is_work()
    {
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        Assert.Empty(_host.Bells);

        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        await _host.Engine.ReadAsync(_ => 0, Cancel);

        Assert.Equal([agent.Connection], _host.Bells);
    }

    [Fact]
    public async Task An_agent_without_room_for_it_is_not_told()
    {
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();

        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond, _ => Sketch.Cpus(18)));
        await _host.Engine.ReadAsync(_ => 0, Cancel);

        Assert.Empty(_host.Bells);
    }

    [Fact]
    public async Task A_change_that_cannot_be_stored_is_refused_and_leaves_nothing_behind()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond), start: false);
        await _host.ExecuteAsync("CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        Task<bool> StartAsync() => _host.Engine.ChangeAsync((state, commit, now) => state.TryStart(state.Find(workflow)!, "ann", now, commit), Cancel);

        var refused = await Assert.ThrowsAsync<IOException>(StartAsync);

        Assert.Contains("disk full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(WorkflowStatus.Uninitialized, await _host.Engine.ReadAsync(state => state.Find(workflow)!.State.Status, Cancel));
        await _host.ExecuteAsync("DROP TRIGGER full");
        Assert.True(await StartAsync());
        Assert.StartsWith("preprocess Ready", await _host.StatusesAsync(workflow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_failed_commit_an_idle_agent_is_rung_so_that_it_says_hello_again()
    {
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();

        await Assert.ThrowsAsync<IOException>(() => _host.Engine.ChangeAsync<int>((_, _, _) => throw new InvalidOperationException("a bug"), Cancel));

        Assert.Equal([agent.Connection], _host.Bells);
        Assert.Null(await agent.ReportAsync());
        await agent.HelloAsync();
        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        Assert.Equal(["preprocess"], await agent.ReportAsync());
    }

    [Fact]
    public async Task A_workflow_without_jobs_that_is_created_and_started_at_once_is_completed_and_the_engine_goes_on()
    {
        var empty = Sketch.Draw("raw > a > f1") with { Jobs = [], Graph = WorkflowGraph.TryBuild(0, [])! };

        var workflow = await _host.CreateAsync(empty);

        Assert.Equal(WorkflowStatus.Completed, (await _host.Queries.FindAsync(workflow, Cancel))!.Status);
        Assert.Equal(2, (await _host.CreateAsync(Sketch.Draw(Sketch.Diamond))).Value);
    }

    [Fact]
    public async Task A_decision_that_breaks_takes_nobody_with_it()
    {
        await Assert.ThrowsAsync<IOException>(() => _host.Engine.ChangeAsync<int>((_, _, _) => throw new InvalidOperationException("a bug"), Cancel));

        Assert.Equal(1, (await _host.CreateAsync(Sketch.Draw(Sketch.Diamond))).Value);
    }

    [Fact]
    public async Task A_watcher_hears_of_what_is_stored_and_of_the_end()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"), start: false);
        using var watch = _host.Feed.Watch(workflow);
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();
        await _host.Engine.ChangeAsync((state, commit, now) => state.TryStart(state.Find(workflow)!, "ann", now, commit), Cancel);
        await agent.ReportAsync();

        await agent.ReportAsync(agent.Ended());

        var batch = await watch.ReadAsync(Cancel).NextAsync();
        Assert.Equal(WorkflowStatus.Completed, Assert.Single(batch.Workflows).Status);
        var job = Assert.Single(batch.Jobs);
        Assert.Equal((JobStatus.Completed, "n1"), (job.Status, job.Node));
    }

    [Fact]
    public async Task What_is_published_is_what_the_store_says()
    {
        using var watch = _host.Feed.Watch(new WorkflowId(1));
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Ended(exitCode: 2));

        var batch = await watch.ReadAsync(Cancel).NextAsync();

        Assert.Equivalent(await _host.Queries.JobsAsync(workflow, Cancel), batch.Jobs.OrderBy(job => job.Position), strict: true);
        Assert.Equivalent(await _host.Queries.FindAsync(workflow, Cancel), batch.Workflows[0], strict: true);
    }

    [Fact]
    public async Task Events_are_numbered_without_gaps_and_user_data_has_a_place_only_if_the_spec_names_it()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));

        var posts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(workflow)));
        // The first is the start of its run.
        Assert.Equal(Enumerable.Range(2, 20).Select(number => (long?)number), posts.Select(post => post.Number).Order());
        Assert.Null((await PostAsync(new WorkflowId(99))).Number);

        Assert.True((await StoreAsync("results")).Stored);
        Assert.False((await StoreAsync("resluts")).Stored);
        Assert.Equal("""{"key1":1}""", (await _host.Store.FindAsync(workflow, Cancel))!.Data["results"]);

        Task<EventPost> PostAsync(WorkflowId to) => _host.Engine.ChangeAsync(
            (_, commit, now) =>
            {
                var post = new EventPost(to, now, "note", "{}");
                commit.Events.Add(post);
                return post;
            },
            Cancel);

        Task<UserDataPost> StoreAsync(string name) => _host.Engine.ChangeAsync(
            (_, commit, now) =>
            {
                var post = new UserDataPost(workflow, name, """{"key1":1}""", now);
                commit.UserData.Add(post);
                return post;
            },
            Cancel);
    }

    [Fact]
    public async Task An_event_that_is_posted_again_under_its_key_is_the_same_event()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));

        Assert.Equal(2, await PostAsync("a"));
        Assert.Equal(3, await PostAsync("b"));
        Assert.Equal(2, await PostAsync("a"));
        Assert.Equal(4, await PostAsync(key: null));
        Assert.Equal(5, await PostAsync(key: null));

        async Task<long?> PostAsync(string? key) => (await _host.Engine.ChangeAsync(
            (_, commit, now) =>
            {
                var post = new EventPost(workflow, now, "note", "{}", Key: key);
                commit.Events.Add(post);
                return post;
            },
            Cancel)).Number;
    }

    [Fact]
    public async Task A_definition_comes_back_from_the_store_as_it_went_in()
    {
        var definition = Sketch.Draw(Sketch.Diamond) with { Project = "examples", Description = "four jobs", Monitor = new MonitorDefinition(null) };
        var workflow = await _host.CreateAsync(definition);

        var stored = await _host.Queries.DefinitionAsync(workflow, Cancel);

        Assert.Equivalent(definition with { Graph = stored!.Graph }, stored);
        Assert.Equal([1, 2], stored.Graph.DependentsOf(0).ToArray());
        Assert.Equal([1, 2], stored.Graph.BlockersOf(3).ToArray());
    }

    [Fact]
    public async Task A_job_that_waits_says_why()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var jobs = await _host.Queries.JobsAsync(workflow, Cancel);

        Assert.Equal("Ready, but no node is connected.", await WhyAsync(0));
        Assert.Equal("Waits for preprocess.", await WhyAsync(1));
        Assert.Equal("Waits for work1, work2.", await WhyAsync(3));

        Task<string?> WhyAsync(int position) => _host.Engine.ReadAsync(state => state.WhyWaiting(jobs[position].Id), Cancel);
    }

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}
