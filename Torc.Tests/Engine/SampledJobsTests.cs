using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Tests.Support;
using Torc.Web.Jobs;
using Torc.Web.Nodes;
using Xunit;

namespace Torc.Tests.Engine;

public sealed class SampledJobsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    private EngineHost _host = null!;
    private EngineHost.FakeAgent _agent = null!;
    private WorkflowId _workflow;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_job_is_seen_up_to_its_newest_sample_and_no_sample_twice()
    {
        await SampleAsync(0, 1, 2, 2);

        Assert.Equal([0.0, 1, 2], (await SamplesAsync()).Select(sample => sample.CpuPercent));
    }

    [Fact]
    public async Task Many_samples_are_packed_and_read_like_few()
    {
        await SampleAsync([.. Enumerable.Range(0, UsageSeries.MostPoints + 50)]);

        Assert.Equal((1, 50), await RowsAsync());
        Assert.Equal(Enumerable.Range(0, UsageSeries.MostPoints + 50).Select(second => Start.AddSeconds(second)), (await SamplesAsync()).Select(sample => sample.At));
    }

    [Fact]
    public async Task When_the_job_ends_what_is_left_is_packed_too_even_if_the_server_was_killed_meanwhile()
    {
        await SampleAsync(0, 1, 2);
        await _host.KillAndStartAgainAsync();
        await _agent.HelloAsync();
        await SampleAsync(3);

        await EndAsync();

        Assert.Equal((1, 0), await RowsAsync());
        Assert.Equal([0.0, 1, 2, 3], (await SamplesAsync()).Select(sample => sample.CpuPercent));
    }

    [Fact]
    public async Task More_samples_than_are_asked_for_are_answered_as_stretches_with_their_peaks()
    {
        await SampleAsync([.. Enumerable.Range(0, 100)]);

        var samples = await SamplesAsync(most: 10);

        Assert.Equal(10, samples.Count);
        Assert.Equal((90.0, 94.5, 99.0), (samples[^1].Lowest!.Value.CpuPercent, samples[^1].CpuPercent, samples[^1].Highest!.Value.CpuPercent));
    }

    [Fact]
    public async Task What_jobs_used_is_compared_with_what_they_ask_for()
    {
        await EndAsync();

        var uses = await new ResourceQueries(_host.Open).OfAsync(_workflow, Cancel);

        var memory = Assert.Single(uses!, use => use.Resource == ResourceKind.Memory);
        Assert.Equal((MemorySize.Mebibytes(311).Bytes, MemorySize.Mebibytes(384).Bytes, 1, true), ((long)memory.Max, (long)memory.Suggested!.Value, memory.Jobs, memory.IsWeak));
        Assert.Equal(1.5, Assert.Single(uses!, use => use.Resource == ResourceKind.Cpus).Max);
        Assert.Null(await new ResourceQueries(_host.Open).OfAsync(new WorkflowId(99), Cancel));
    }

    [Fact]
    public async Task What_is_used_now_is_known_until_it_is_old_or_over()
    {
        await _agent.ReportAsync(new AttemptStarted(_agent.Held[0], Now));
        await SampleNowAsync(cpuPercent: 98);

        var usage = await UsageAsync();

        var job = Assert.Single(usage.Jobs);
        Assert.Equal(("one", 98, 1), (job.Name, job.Now?.CpuPercent, job.Attempt));
        Assert.Equal((312, 1), (Assert.Single(usage.Nodes).Now?.CpuPercent, usage.Nodes[0].Jobs));
        Assert.Empty((await UsageAsync(new WorkflowId(99))).Jobs);

        _host.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((null, null), ((await UsageAsync()).Jobs[0].Now, (await UsageAsync()).Nodes[0].Now));
        await EndAsync();
        Assert.Empty((await UsageAsync()).Jobs);
    }

    [Fact]
    public async Task What_a_node_did_is_kept_for_a_week()
    {
        for (int minute = 0; minute < 8 * 24 * 60; minute += 4)
        {
            await SampleNodeAsync(Start.AddMinutes(minute));
        }

        var samples = await new NodeQueries(_host.Open, _host.Engine).SamplesAsync(_agent.Node, Downsampling.MostPoints, default, Cancel);

        Assert.InRange((samples![^1].At - samples[0].At).TotalDays, 6.9, 7.5);
        Assert.Equal(1, samples[^1].Processes);
        Assert.Equal(10, (await new NodeQueries(_host.Open, _host.Engine).SamplesAsync(_agent.Node, most: 10, default, Cancel))!.Count);
        Assert.InRange((await new NodeQueries(_host.Open, _host.Engine).SamplesAsync(_agent.Node, 2_000, Start.AddDays(7.9), Cancel))!.Count, 30, 40);
        Assert.Null(await new NodeQueries(_host.Open, _host.Engine).SamplesAsync(new NodeId(99), 10, default, Cancel));
        Assert.InRange(await CountAsync("node_samples"), 0, 60);
    }

    public async ValueTask InitializeAsync()
    {
        _host = await EngineHost.StartAsync();
        _workflow = await _host.CreateAsync(Sketch.Draw("in > one > out"));
        _agent = _host.Agent(cpus: 1);
        await _agent.HelloAsync();
        await _agent.ReportAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task SampleAsync(params int[] seconds) => await _host.Engine.ChangeAsync(
        (state, commit, _) =>
        {
            state.Sampled(
                _agent.Node,
                [.. seconds.Select(second => new AttemptSample(_agent.Held[0], new UsagePoint(Start.AddSeconds(second), new UsageLevels(second, MemorySize.Mebibytes(5), 1))))],
                commit);
            return true;
        },
        Cancel);

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_host.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    private Task<UsageView> UsageAsync(WorkflowId? workflow = null) => _host.Engine.ReadAsync(state => state.Usage(workflow), Cancel);

    private Task SampleNowAsync(double cpuPercent) => _host.Engine.ChangeAsync(
        (state, commit, now) =>
        {
            state.Sampled(_agent.Node, [new AttemptSample(_agent.Held[0], new UsagePoint(now, new UsageLevels(cpuPercent, MemorySize.Mebibytes(5), 1)))], commit);
            state.Sampled(_agent.Node, [new UsagePoint(now, new UsageLevels(312, MemorySize.Gibibytes(5)))], commit);
            return true;
        },
        Cancel);

    private Task SampleNodeAsync(DateTimeOffset at) => _host.Engine.ChangeAsync(
        (state, commit, _) =>
        {
            state.Sampled(_agent.Node, [new UsagePoint(at, new UsageLevels(312, MemorySize.Gibibytes(5)))], commit);
            return true;
        },
        Cancel);

    private async Task EndAsync()
    {
        var summary = new UsageSummary(MemorySize.Mebibytes(200), 180, 150, 2, 0, 0);
        await _agent.ReportAsync(new AttemptEnded(
            _agent.Held[0], Start.AddSeconds(20), Start, new Outcome(OutcomeKind.Exit, 0), new AttemptUsage(TimeSpan.FromSeconds(9), MemorySize.Mebibytes(311), summary)));
    }

    private async Task<IReadOnlyList<SampleView>> SamplesAsync(int most = Downsampling.MostPoints) =>
        await new JobQueries(_host.Open, _host.Engine).SamplesAsync(new AttemptId(new JobId(1), 1), most, Cancel);

    private async Task<(int Chunks, int Rows)> RowsAsync() => (await CountAsync("sample_chunks"), await CountAsync("samples"));

    private async Task<int> CountAsync(string table) => int.Parse(await _host.ReadTextAsync($"SELECT COUNT(*) FROM {table}"), CultureInfo.InvariantCulture);
}
