using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Tests.Reruns;

/// <summary>
/// A workflow with files that are texts in memory. A job writes into each of its files what it is made of: its command, and what it
/// reads. Time passes with every touch of a file.
/// </summary>
internal sealed class Workshop
{
    private readonly Dictionary<string, (string Content, FileIdentity Identity)> _files = [];
    private readonly Dictionary<string, string?> _data = [];
    private Dictionary<string, JobResult> _results = [];
    private long _clock = 1_000;
    private long _lastNewJob = 1_000_000;

    /// <summary>What a job makes of its command and of what it reads, by the file's name.</summary>
    private readonly Func<string, string> _make;

    public Workshop(WorkflowDefinition definition, Func<string, string>? make = null)
    {
        Definition = definition;
        _make = make ?? (text => text);
        foreach (var file in definition.Files)
        {
            Write(file.Path, $"first {file.Name}");
        }

        foreach (var data in definition.UserData)
        {
            _data[data.Name] = data.Data;
        }

        // What jobs write is not there yet.
        foreach (int file in definition.Jobs.SelectMany(job => job.OutputFiles))
        {
            _files.Remove(definition.Files[file].Path);
        }

        State = WorkflowState.Draft(new WorkflowId(1), definition, new JobId(1));
        WorkflowMachine.TryStart(State);
    }

    public WorkflowDefinition Definition { get; private set; }

    public WorkflowState State { get; private set; }

    /// <summary>The jobs that ran since the last question for a plan, in order.</summary>
    public List<string> Executed { get; } = [];

    /// <summary>Jobs that end badly the next time that they run.</summary>
    public Dictionary<string, Outcome> Failing { get; } = [];

    public string? Content(string path) => _files.TryGetValue(path, out var file) ? file.Content : null;

    public IReadOnlyDictionary<string, JobResult> Results => _results;

    public void Write(string path, string content)
    {
        _clock++;
        // A text of the same length can be put in with the old time of change; what the system itself writes down cannot.
        long modified = _files.TryGetValue(path, out var old) && old.Content.Length == content.Length ? old.Identity.ModifiedNs : _clock;
        _files[path] = (content, new FileIdentity(content.Length, modified, _clock, (ulong)path.Length, 1));
    }

    public void Touch(string path) => Write(path, _files[path].Content);

    public void Delete(string path) => _files.Remove(path);

    public void Store(string name, string json) => _data[name] = json;

    /// <summary>Gives the workflow another definition with the same jobs at the same places.</summary>
    public void Redefine(Func<JobDefinition, JobDefinition> change) => Definition = Definition with { Jobs = [.. Definition.Jobs.Select(change)] };

    /// <summary>Gives the workflow another definition. Jobs are the same if they have the same name.</summary>
    public void Revise(WorkflowDefinition definition)
    {
        var origins = SpecChange.Between(Definition, definition, new Dictionary<string, string>()).Origins;
        Definition = definition;
        State = new WorkflowState(
            State.Id,
            definition,
            origins.Select(origin => origin is { } position ? State.Job(position) : new JobState(new JobId(++_lastNewJob), JobStatus.Uninitialized)).ToList(),
            State.Status,
            State.Run,
            State.Version);
    }

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
        if (State.Definition != Definition)
        {
            State = new WorkflowState(State.Id, Definition, Enumerable.Range(0, State.JobCount).Select(State.Job), State.Status, State.Run, State.Version);
        }

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

    private string Describe(PlannedJob job) => $"{Definition.Jobs[job.Position].Name} {Words(job.Reasons[0].Code)}";

    private static string Words(ReasonCode code) => System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    private int PositionOf(string job) => Definition.Jobs.Select(definition => definition.Name).ToList().IndexOf(job);

    private RerunQuestion Question(RerunScope scope, HashSet<int> selected, bool earlyCutoff) => new(
        Definition,
        [.. Enumerable.Range(0, State.JobCount).Select(State.Job)],
        [.. Definition.Jobs.Select(job => _results.GetValueOrDefault(job.Name))],
        Definition.Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path, file => Fact(file.Path)),
        Definition.UserData.ToDictionary(data => data.Name, data => DataDigest.Of(_data[data.Name])),
        "/work",
        scope,
        selected,
        earlyCutoff);

    private FileFact Fact(string path) =>
        _files.TryGetValue(path, out var file) ? new FileFact(path, FileState.Present, file.Identity, $"text:{file.Content}") : new FileFact(path, FileState.Missing);

    private RecordedFile Record(int file)
    {
        var fact = Fact(Definition.Files[file].Path);
        return new RecordedFile(fact.Path, fact.State, fact.Identity, fact.Digest);
    }

    private void Execute(int position)
    {
        var job = Definition.Jobs[position];
        Executed.Add(job.Name);
        Tell(position, new JobEvent.Assigned(new NodeId(1)));
        var attempt = State.Job(position).NewestAttempt;
        var data = Definition.UserData.ToDictionary(entry => entry.Name, entry => DataDigest.Of(_data[entry.Name]));
        var fingerprint = RerunPlanner.FingerprintOf(Definition, position, blocker => State.Job(blocker).Id, "/work", data);
        RecordedFile[] inputs = [.. job.InputFiles.Select(Record)];
        if (Failing.Remove(job.Name, out var failure))
        {
            Tell(position, new JobEvent.Ended(attempt.Number, failure));
            return;
        }

        foreach (int output in job.OutputFiles)
        {
            Write(Definition.Files[output].Path, Made(position, output, Content));
        }

        _results = new(_results) { [job.Name] = new JobResult(attempt, fingerprint, inputs, [.. job.OutputFiles.Select(Record)]) };
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
