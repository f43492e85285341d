using System.Diagnostics;
using System.Globalization;
using Torc.Faults.Simulation;
using Torc.Faults.Sites;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>Kills a server that holds many jobs, again and again, and measures how long it takes until the next one has them and listens, and until it has answered for them.</summary>
internal static class Restarts
{
    /// <summary>The first finds less in the caches of the machine than the others.</summary>
    private const int Kills = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <param name="jobs">How many, at least 2. Half of them are ready, each of the others waits for a file of one of those.</param>
    /// <exception cref="OperationCanceledException">It was canceled, or interrupted from the terminal; nothing is left running.</exception>
    public static async Task<RestartTotals> RunAsync(int jobs, TextWriter log, CancellationToken cancel)
    {
        using var interruption = new Interruption(cancel);
        // Without an agent nothing moves, so what is there before has to be there afterwards.
        await using var site = new RealSite("--agent:start", "false");
        await site.StartServerAsync(interruption.Token);
        var workflow = await site.SubmitAsync(Spec(jobs / 2), site.MakeFolder("work"), interruption.Token);
        var before = await LookAsync(site, workflow, interruption.Token);
        var readyAfter = new List<TimeSpan>();
        var answeredAfter = new List<TimeSpan>();
        var findings = new List<Finding>();
        for (int kill = 1; kill <= Kills; kill++)
        {
            (await site.FindAsync(SitePrograms.Server, interruption.Token))!.Value.Signal(Signals.Kill);
            await site.ServerIsGoneAsync(interruption.Token);
            long began = Stopwatch.GetTimestamp();
            await site.StartServerAsync(interruption.Token);
            readyAfter.Add(Stopwatch.GetElapsedTime(began));
            var after = await LookAsync(site, workflow, interruption.Token);
            answeredAfter.Add(Stopwatch.GetElapsedTime(began));
            if (Summary(after) != Summary(before))
            {
                findings.Add(new Finding(FindingKind.Lost, $"before kill {kill}: {Summary(before)}; after it: {Summary(after)}"));
            }
        }

        var totals = new RestartTotals(before.Counts.Values.Sum(), readyAfter, answeredAfter, findings);
        await log.WriteLineAsync(totals.ToString());
        foreach (var finding in findings)
        {
            await log.WriteLineAsync($"  {finding}");
        }

        return totals;
    }

    private static string Spec(int pairs) => string.Create(CultureInfo.InvariantCulture, $$$"""
        name: many
        jobs:
          - name: first{i}
            command: sh first.sh {i} > a{i}
            output_files: ["a{i}"]
            parameters: {i: "1:{{{pairs}}}"}
          - name: second{i}
            command: sh second.sh a{i} > b{i}
            input_files: ["a{i}"]
            output_files: ["b{i}"]
            parameters: {i: "1:{{{pairs}}}"}
        files:
          - {name: "a{i}", path: "results/a{i}", parameters: {i: "1:{{{pairs}}}"}}
          - {name: "b{i}", path: "results/b{i}", parameters: {i: "1:{{{pairs}}}"}}
        """);

    private static async Task<WorkflowView> LookAsync(RealSite site, WorkflowId workflow, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            if (await site.TryWorkflowAsync(workflow, patience.Token) is { } view)
            {
                return view;
            }

            await Task.Delay(Pause, patience.Token);
        }
    }

    private static string Summary(WorkflowView view) =>
        $"{view.Status}, {string.Join(", ", view.Counts.Where(count => count.Value > 0).OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"))}";
}
