using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;

namespace Torc.Tests.Reruns;

/// <summary>
/// A workflow whose jobs are functions: each writes into its files what it is made of: its command, and what it reads. The files are texts
/// in memory, or wherever the shelf has them.
/// </summary>
internal sealed class Workshop
{
    private readonly IShelf _shelf;
    private readonly Dictionary<string, string?> _data = [];
    private readonly Dictionary<JobId, JobResult> _results = [];
    private readonly Dictionary<JobId, Past> _pasts = [];

    /// <summary>What a job makes of its command and of what it reads.</summary>
    private readonly Func<string, string> _make;

    private long _lastJob;

    public Workshop(WorkflowDefinition definition, Func<string, string>? make = null, IShelf? shelf = null)
    {
        _shelf = shelf ?? new MemoryShelf();
        _make = make ?? (text => text);
        var made = definition.Jobs.SelectMany(job => job.OutputFiles).ToHashSet();
        for (int file = 0; file < definition.Files.Count; file++)
        {
            if (!made.Contains(file))
            {
                Write(definition.Files[file].Path, $"first {definition.Files[file].Name}");
            }
        }

        foreach (var data in definition.UserData)
        {
            _data[data.Name] = data.Data;
        }

        State = WorkflowState.Draft(new WorkflowId(1), definition, new JobId(1));
        _lastJob = State.JobCount;
        WorkflowMachine.TryStart(State);
    }

    /// <summary>What a job was when it last ended well, as whoever remembers everything would write it down.</summary>
    /// <param name="Read">Texts by path.</param>
    public sealed record Past(JobDefinition Job, JobId[] Blockers, IReadOnlyDictionary<string, string?> Read, IReadOnlyDictionary<string, string?> Written);

    public WorkflowDefinition Definition => State.Definition;

    public WorkflowState State { get; private set; }

    /// <summary>The jobs that ran since the last question for a plan, in order.</summary>
    public List<string> Executed { get; } = [];

    /// <summary>Jobs that end badly the next time that they run.</summary>
    public Dictionary<string, Outcome> Failing { get; } = [];

    /// <summary>What happens to files while the next job runs.</summary>
    public Action? Meanwhile { get; set; }

    public string? Content(string path) => _shelf.Read(path);

    public void Write(string path, string text) => _shelf.Write(path, text);

    public void Forge(string path, string text) => _shelf.Forge(path, text);

    public void Replace(string path, string text) => _shelf.Replace(path, text);

    public void Touch(string path) => _shelf.Touch(path);

    public void Delete(string path) => _shelf.Delete(path);

    public void Move(string from, string to) => _shelf.Move(from, to);

    public void Store(string name, string json) => _data[name] = json;

    /// <summary>Of jobs that ended well, the last time.</summary>
    public IReadOnlyDictionary<JobId, JobResult> Results => _results;

    /// <returns>Null for a job that never ended well.</returns>
    public Past? PastOf(int position) => _pasts.GetValueOrDefault(State.Job(position).Id);

    public JobId[] BlockersOf(int position) => [.. Definition.Graph.BlockersOf(position).ToArray().Select(blocker => State.Job(blocker).Id).OrderBy(id => id.Value)];

    /// <summary>Leaves nothing of how a job ended well.</summary>
    public void Forget(string job) => _results.Remove(Sketch.IdOf(State, job));

    /// <summary>Switches a job off that has ended.</summary>
    public void Disable(string job) => State = new WorkflowState(
        State.Id,
        Definition,
        [.. Enumerable.Range(0, State.JobCount).Select(State.Job).Select(state => state.Id == Sketch.IdOf(State, job) ? state with { Status = JobStatus.Disabled } : state)],
        State.Status,
        State.Run,
        State.Version);

    /// <summary>Changes jobs where they are, without another name.</summary>
    public void Redefine(Func<JobDefinition, JobDefinition> change) =>
        Adopt(Definition with { Jobs = [.. Definition.Jobs.Select(change)] }, [.. Enumerable.Range(0, State.JobCount)]);

    /// <summary>Gives the workflow another spec.</summary>
    /// <param name="renames">New names by old ones; a job that gets another name without being among them is a new one.</param>
    public void Adopt(WorkflowDefinition next, IReadOnlyDictionary<string, string> renames) => Adopt(next, SpecChange.Between(Definition, next, renames).Origins);

    /// <summary>Runs what is ready until nothing is.</summary>
    public void Run()
    {
        Executed.Clear();
        while (Enumerable.Range(0, State.JobCount).Where(job => State.Job(job).Status == JobStatus.Ready).Cast<int?>().FirstOrDefault() is { } next)
        {
            if (State.Job(next).Reuse == Reuse.Possible)
            {
                Tell(next, RerunPlanner.IsUnchanged(Question(RerunScope.Changed, [], earlyCutoff: true), next) ? new JobEvent.Reused() : new JobEvent.NotReusable());
            }
            else
            {
                Execute(next);
            }
        }
    }

    public RerunPlan Plan(RerunScope scope, bool earlyCutoff = false, params IReadOnlyList<string> selected) =>
        RerunPlanner.Plan(Question(scope, [.. selected.Select(PositionOf)], earlyCutoff));

    /// <summary>Does what a plan says, to the end.</summary>
    public void Rerun(RerunPlan plan)
    {
        Executed.Clear();
        var runs = plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => job.Position).ToHashSet();
        if (WorkflowMachine.TryRerun(State, runs, plan.MayRun.Select(job => job.Position).ToHashSet(), stopReason: null) is not null)
        {
            Run();
        }
    }

    /// <summary>Such as <c>"work2 run FAILED_OOM, postprocess run NEVER_RAN"</c>: the jobs that run, with their first reasons.</summary>
    public string Runs(RerunPlan plan) => string.Join(", ", plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(Describe));

    public string Keeps(RerunPlan plan) => string.Join(", ", plan.Kept.Select(Describe));

    /// <summary>What each file would hold if all were made anew from what nobody makes.</summary>
    public Dictionary<string, string?> FromScratch()
    {
        var contents = Definition.Files.ToDictionary(file => file.Path, file => Content(file.Path));
        foreach (int job in Definition.Graph.TopologicalOrder)
        {
            foreach (int output in Definition.Jobs[job].OutputFiles)
            {
                contents[Definition.Files[output].Path] = Made(job, output, path => contents[path]);
            }
        }

        return contents;
    }

    private void Adopt(WorkflowDefinition next, IReadOnlyList<int?> origins) => State = new WorkflowState(
        State.Id,
        next,
        [.. origins.Select(origin => origin is { } position ? State.Job(position) : new JobState(new JobId(++_lastJob), JobStatus.Uninitialized))],
        State.Status,
        State.Run,
        State.Version + 1);

    private string Describe(PlannedJob job) => $"{Definition.Jobs[job.Position].Name} {Words(job.Reasons[0].Code)}";

    private static string Words(ReasonCode code) => System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    private int PositionOf(string job) => Definition.Jobs.Select(definition => definition.Name).ToList().IndexOf(job);

    private RerunQuestion Question(RerunScope scope, HashSet<int> selected, bool earlyCutoff)
    {
        // What was known before this look: the look itself is no evidence of what was there earlier.
        JobResult?[] results = [.. Enumerable.Range(0, State.JobCount).Select(job => _results.GetValueOrDefault(State.Job(job).Id) is { } result
            ? _shelf.Recall(result)
            : null)];
        return new RerunQuestion(
            Definition,
            [.. Enumerable.Range(0, State.JobCount).Select(State.Job)],
            results,
            _shelf.Look([.. Definition.Files.Select(file => file.Path).Distinct()]),
            Definition.UserData.ToDictionary(data => data.Name, data => DataDigest.Of(_data[data.Name])),
            _shelf.WorkingDirectory,
            scope,
            selected,
            earlyCutoff);
    }

    private void Execute(int position)
    {
        var job = Definition.Jobs[position];
        Executed.Add(job.Name);
        Tell(position, new JobEvent.Assigned(new NodeId(1)));
        var attempt = State.Job(position).NewestAttempt;
        var data = Definition.UserData.ToDictionary(entry => entry.Name, entry => DataDigest.Of(_data[entry.Name]));
        var fingerprint = RerunPlanner.FingerprintOf(Definition, position, blocker => State.Job(blocker).Id, _shelf.WorkingDirectory, data);
        if (Failing.Remove(job.Name, out var failure))
        {
            // It does not come far.
            foreach (int output in job.OutputFiles.Take(1))
            {
                Write(Definition.Files[output].Path, "half of it");
            }

            Tell(position, new JobEvent.Ended(attempt.Number, failure));
            return;
        }

        string[] inputs = [.. job.InputFiles.Select(file => Definition.Files[file].Path)];
        string[] outputs = [.. job.OutputFiles.Select(file => Definition.Files[file].Path)];
        var read = inputs.ToDictionary(path => path, Content);
        var files = _shelf.Witness(inputs, outputs, () =>
        {
            Meanwhile?.Invoke();
            Meanwhile = null;
            foreach (int output in job.OutputFiles)
            {
                Write(Definition.Files[output].Path, Made(position, output, path => read[path]));
            }
        });
        _results[attempt.Job] = new JobResult(attempt, fingerprint, files.Inputs, files.Outputs);
        _pasts[attempt.Job] = new Past(job, BlockersOf(position), read, outputs.ToDictionary(path => path, Content));
        Tell(position, new JobEvent.Ended(attempt.Number, new Outcome(OutcomeKind.Exit, 0)));
    }

    private string Made(int position, int output, Func<string, string?> read)
    {
        var job = Definition.Jobs[position];
        string env = string.Join(';', job.Env.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}"));
        string inputs = string.Join(',', job.InputFiles.Select(file => read(Definition.Files[file].Path) ?? "nothing"));
        return _make(string.Create(CultureInfo.InvariantCulture, $"{output}:{job.Command}[{env}]({inputs})"));
    }

    private void Tell(int position, JobEvent occurrence) => WorkflowMachine.Apply(State, State.Job(position).Id, occurrence);
}
