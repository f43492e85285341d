using System.Diagnostics;
using System.Globalization;
using System.Text;
using Torc.Agent.Client;
using Torc.Benchmarks.Peers;
using Torc.Faults.Sites;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Benchmarks.Scale;

/// <summary>How much one server can hold and how many it can serve, with agents that start nothing. All states are durable.</summary>
internal static class ScaleBenchmarks
{
    private const int Agents = 200;
    private const int CpusOfAgent = 2;
    private const int Watchers = 50;
    private const int CrowdWorkflows = 10;

    /// <summary>So that a thousand jobs start and a thousand end in a second.</summary>
    private static readonly TimeSpan CrowdJob = TimeSpan.FromSeconds(0.4);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Null jobs: each has ended as soon as it is assigned.</summary>
    public static async Task NullJobsAsync(IReadOnlyList<int> counts, TextWriter output, CancellationToken cancel)
    {
        await output.WriteLineAsync("| null jobs | created, s | jobs a second | processor of the server, µs a job | server at most, MiB | goal | |");
        await output.WriteLineAsync("|--:|--:|--:|--:|--:|---|---|");
        foreach (int count in counts)
        {
            await using var site = new RealSite("--agent:start", "false");
            await site.StartServerAsync(cancel);
            await using var crowd = new Crowd(site, count: 4, cpus: 500, TimeSpan.Zero);
            using var client = new TorcClient(site.Url!, token: null);
            // What is compiled the first time is not what grows with the number of jobs.
            await RunAsync(client, site, crowd, Workload.Independent(2_000).ShortSpec!, cancel);
            var before = await SiteUsage.ReadAsync(site, cancel);
            var (created, ran) = await RunAsync(client, site, crowd, Workload.Independent(count).ShortSpec!, cancel);
            var usage = (await SiteUsage.ReadAsync(site, cancel)).Since(before);
            double rate = count / ran.TotalSeconds;
            var (goal, isMet) = count switch
            {
                100_000 => ("created ≤ 10 s, ≥ 20,000 a second, ≤ 500 MB", created.TotalSeconds <= 10 && rate >= 20_000 && usage.ServerMebibytes <= 500),
                1_000_000 => ("created ≤ 120 s", created.TotalSeconds <= 120),
                _ => ("", (bool?)null),
            };
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count:N0} | {created.TotalSeconds:0.00} | {rate:N0} | {usage.Server.TotalMicroseconds / count:0} | {usage.ServerMebibytes} | {goal} | {isMet switch { true => "met", false => "missed", null => "" }} |"));
        }
    }

    /// <summary>Many agents, and many who watch.</summary>
    /// <param name="length">Of the chains: as many as jobs can run at once, so that each job can start as soon as the one before has ended.</param>
    public static async Task CrowdAsync(int length, TextWriter output, CancellationToken cancel)
    {
        await using var site = new RealSite("--agent:start", "false");
        await site.StartServerAsync(cancel);
        using var client = new TorcClient(site.Url!, token: null);
        await using var crowd = new Crowd(site, Agents, CpusOfAgent, CrowdJob);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var chains = Workload.Chains(Agents * CpusOfAgent / CrowdWorkflows, length);
        string folder = site.MakeFolder("work");
        var workflows = new List<WorkflowId>();
        for (int number = 0; number < CrowdWorkflows; number++)
        {
            workflows.Add((await client.SubmitAsync(TorcSpec.Of(chains), "spec.json", folder, start: true, cancel)).Id);
        }

        var watchers = Enumerable.Range(0, Watchers).Select(number => new Watcher(site.Url!, workflows[number % CrowdWorkflows])).ToList();
        var watching = watchers.Select(watcher => watcher.RunAsync(over.Token)).Append(watchers[0].ClickAsync(over.Token)).ToList();
        // A server that has run for a while, and people who watch for a while.
        await Task.WhenAll(watchers.Select(watcher => watcher.HasAll)).WaitAsync(Patience, cancel);
        crowd.Latencies.Clear();
        var before = await SiteUsage.ReadAsync(site, cancel);
        long began = Stopwatch.GetTimestamp();
        foreach (var workflow in workflows)
        {
            await EndAsync(site, crowd, workflow, cancel);
        }

        var took = Stopwatch.GetElapsedTime(began);
        var usage = (await SiteUsage.ReadAsync(site, cancel)).Since(before);
        int ended = crowd.Latencies.HandOvers.Count;
        await over.CancelAsync();
        await Task.WhenAll(watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Each starts and ends.
        double changes = 2 * ended / took.TotalSeconds;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Agents} agents, {Watchers} watchers, {changes:N0} changes a second for {took.TotalSeconds:0} s; the server used {usage.Server / took:0.00} of a core and {usage.ServerMebibytes} MiB:"));
        await output.WriteLineAsync();
        await output.WriteLineAsync("| what | median, ms | 99 %, ms | goal | |");
        await output.WriteLineAsync("|---|--:|--:|---|---|");
        await PrintAsync("an agent asks for work and gets some", crowd.Latencies.Claims, 100);
        await PrintAsync("the end of a job to the start of the one that waited for it", crowd.Latencies.HandOvers, 200);
        await PrintAsync("a change to a watcher that has it", [.. watchers.SelectMany(watcher => watcher.Delays)], 1000);
        await PrintAsync("asking for the page of a workflow", [.. watchers.SelectMany(watcher => watcher.Clicks)], 200);

        async Task PrintAsync(string what, IReadOnlyCollection<double> times, double goal)
        {
            var sorted = times.Order().ToList();
            double high = sorted[(int)((sorted.Count - 1) * 0.99)];
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {what}, {sorted.Count:N0} times | {sorted[sorted.Count / 2]:0.0} | {high:0.0} | 99 % ≤ {goal} | {(high <= goal ? "met" : "missed")} |"));
        }
    }

    private static async Task<(TimeSpan Created, TimeSpan Ran)> RunAsync(TorcClient client, RealSite site, Crowd crowd, string spec, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        var submitted = await client.SubmitAsync(Encoding.UTF8.GetBytes(spec), "spec.yaml", site.MakeFolder("work"), start: true, cancel);
        var created = Stopwatch.GetElapsedTime(began);
        var ended = await EndAsync(site, crowd, submitted.Id, cancel);
        return (created, ended.EndedAt!.Value - ended.StartedAt!.Value);
    }

    private static async Task<WorkflowView> EndAsync(RealSite site, Crowd crowd, WorkflowId workflow, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            await crowd.CheckAsync();
            await Task.Delay(Pause, patience.Token);
            if (await site.TryWorkflowAsync(workflow, patience.Token) is { Status: WorkflowStatus.Completed } ended)
            {
                return ended;
            }
        }
    }
}
