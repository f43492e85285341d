using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;

namespace Torc.Tests.Support;

/// <summary>
/// A workflow drawn as text, so that a test shows its graph: <c>"raw > clean > tidy | tidy > fit > model"</c> says that
/// job <c>clean</c> reads file <c>raw</c> and writes <c>tidy</c>, which <c>fit</c> reads. A <c>!</c> behind a job's name lets
/// it run even if what it waits for ends badly.
/// </summary>
internal static class Sketch
{
    public const string Diamond = "inputs > preprocess > f1,f2 | f1 > work1 > f3 | f2 > work2 > f4 | f3,f4 > postprocess > f5";

    public static WorkflowDefinition Draw(string text, Func<string, ResourceRequirements>? needs = null, OnLost onLost = OnLost.Hold)
    {
        string[][] steps = [.. text.Split('|').Select(step => step.Split('>', StringSplitOptions.TrimEntries))];
        var files = steps.SelectMany(step => Names(step[0]).Concat(Names(step[2]))).Distinct().ToList();
        var jobs = steps.Select(step => Job(step, files, needs) with { OnLost = onLost }).ToList();
        var edges =
            from blocker in Enumerable.Range(0, jobs.Count)
            from job in Enumerable.Range(0, jobs.Count)
            where jobs[blocker].OutputFiles.Intersect(jobs[job].InputFiles).Any()
            select (blocker, job);
        return new WorkflowDefinition(
            "sketch",
            Project: null,
            User: null,
            Description: null,
            MonitorDefinition.Default,
            jobs,
            [.. files.Select(name => new FileDefinition(name, $"{name}.json"))],
            [new UserDataDefinition("results", Data: null, IsEphemeral: false)],
            WorkflowGraph.TryBuild(jobs.Count, edges)!);
    }

    public static ResourceRequirements Cpus(int cpus) => new(cpus, MemorySize.Mebibytes(64), 0, 1, TimeSpan.FromMinutes(5));

    /// <summary>Writes where each job stands, such as <c>"preprocess Completed, work1 Ready"</c>.</summary>
    public static string Statuses(WorkflowState workflow) =>
        string.Join(", ", Enumerable.Range(0, workflow.JobCount).Select(position => $"{workflow.Definition.Jobs[position].Name} {workflow.Job(position).Status}"));

    public static JobId IdOf(WorkflowState workflow, string job) =>
        workflow.Job(workflow.Definition.Jobs.Select(definition => definition.Name).ToList().IndexOf(job)).Id;

    private static JobDefinition Job(string[] step, List<string> files, Func<string, ResourceRequirements>? needs)
    {
        string name = step[1].TrimEnd('!');
        return new JobDefinition(
            name,
            $"run {name}",
            InvocationScript: null,
            needs?.Invoke(name) ?? Cpus(1),
            RequirementsName: null,
            Priority: 0,
            CancelOnBlockingJobFailure: !step[1].EndsWith('!'),
            new Dictionary<string, string>(),
            [.. Names(step[0]).Select(file => files.IndexOf(file))],
            [.. Names(step[2]).Select(file => files.IndexOf(file))],
            [],
            []);
    }

    private static string[] Names(string list) => list.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}
