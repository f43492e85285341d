using Torc.Shared.Workflows;

namespace Torc.Shared.Reruns;

/// <summary>What a job was when it ended well, against what it would be now.</summary>
/// <param name="isRemade">Whether a file, by its position, is written anew before the job would run.</param>
/// <param name="warnings">Gets what could not be looked at.</param>
internal sealed class Comparison(RerunQuestion question, int job, JobResult result, Func<int, bool> isRemade, ISet<string> warnings)
{
    /// <summary>Most jobs have few files, and for those a dictionary costs more than all that is compared.</summary>
    private const int Few = 8;

    private readonly WorkflowDefinition _definition = question.Definition;
    private readonly JobDefinition _job = question.Definition.Jobs[job];
    private readonly Func<string, RecordedFile?> _read = ByPath(result.Inputs);
    private readonly Func<string, RecordedFile?> _written = ByPath(result.Outputs);
    private readonly Fingerprint _then = result.Fingerprint;
    private List<RerunReason>? _differences;
    private string? _touched;

    /// <summary>Whether some file could not be compared.</summary>
    public bool HasUnknowns { get; private set; }

    public IReadOnlyList<RerunReason> Differences => _differences ??= CompareAll();

    /// <summary>Of meaning only where there are no differences.</summary>
    public RerunReason WhyUpToDate()
    {
        _ = Differences;
        return _touched is not null
            ? new RerunReason(ReasonCode.TouchedSame, $"{_touched} was touched, the content is the same", _touched)
            : _then.Needs != _job.Needs
                ? new RerunReason(ReasonCode.ResourcesOnly, "Only what it asks for has changed")
                : new RerunReason(ReasonCode.UpToDate, "Up to date");
    }

    // Asked of every job of a plan, and mostly nothing is found.
    private List<RerunReason> CompareAll()
    {
        var found = new List<RerunReason>();
        Definition(found);
        Data(found);
        Inputs(found);
        Outputs(found);
        MissingData(found);
        return found;
    }

    private void Definition(List<RerunReason> found)
    {
        var now = RerunPlanner.FingerprintOf(_definition, job, blocker => question.States[blocker].Id, question.WorkingDirectory, question.Data);
        if (_then.Command != now.Command || _then.InvocationScript != now.InvocationScript)
        {
            found.Add(_then.Command != now.Command
                ? new RerunReason(ReasonCode.CommandChanged, "Command changed", Before: _then.Command, After: now.Command)
                : new RerunReason(ReasonCode.CommandChanged, "Invocation script changed", Before: _then.InvocationScript, After: now.InvocationScript));
        }

        string? variable = _then.Env.Count + now.Env.Count == 0
            ? null
            : _then.Env.Keys.Union(now.Env.Keys).Order(StringComparer.Ordinal).FirstOrDefault(name => _then.Env.GetValueOrDefault(name) != now.Env.GetValueOrDefault(name));
        if (variable is not null)
        {
            // The value may be nobody's business: only its name is shown.
            found.Add(new RerunReason(ReasonCode.EnvChanged, $"Environment variable {variable} changed", variable));
        }

        if (_then.WorkingDirectory != now.WorkingDirectory)
        {
            found.Add(new RerunReason(ReasonCode.EnvChanged, "Working directory changed", Before: _then.WorkingDirectory, After: now.WorkingDirectory));
        }

        if (_then.BlockedBy.SequenceEqual(now.BlockedBy) && _then.Inputs.SequenceEqual(now.Inputs) && _then.Outputs.SequenceEqual(now.Outputs))
        {
            return;
        }

        foreach (var (what, before, after) in new[] { ("Waits for", Names(_then.BlockedBy), Names(now.BlockedBy)), ("Reads", _then.Inputs, now.Inputs), ("Writes", _then.Outputs, now.Outputs) })
        {
            string[] added = [.. after.Except(before)];
            string[] removed = what is "Writes" ? [] : [.. before.Except(after)];
            if (added.Length + removed.Length > 0)
            {
                found.Add(new RerunReason(
                    ReasonCode.DependenciesChanged,
                    $"{what} other {(what is "Waits for" ? "jobs" : "files")}: {Listing(added.Select(name => $"+{name}").Concat(removed.Select(name => $"-{name}")))}",
                    Before: Listing(before),
                    After: Listing(after)));
            }
        }
    }

    private void Data(List<RerunReason> found)
    {
        foreach (int position in _job.InputData)
        {
            string name = _definition.UserData[position].Name;
            string? now = question.Data.GetValueOrDefault(name);
            if (!_then.Data.TryGetValue(name, out string? before) || before != now)
            {
                found.Add(new RerunReason(ReasonCode.DataChanged, $"User data {name} changed", name, before, now));
            }
        }
    }

    private void Inputs(List<RerunReason> found)
    {
        foreach (int position in _job.InputFiles)
        {
            var file = _definition.Files[position];
            if (isRemade(position) || _read(file.Path) is not { } record)
            {
                continue;
            }

            if (record.WasChangedMeanwhile)
            {
                found.Add(new RerunReason(ReasonCode.InputChanged, $"Input {file.Name} changed while the job ran", file.Name));
            }
            else if (Compare(record, file.Name) is { } difference)
            {
                found.Add(new RerunReason(ReasonCode.InputChanged, $"Input {file.Name} {difference.What}", file.Name, difference.Before, difference.After));
            }
        }
    }

    private void Outputs(List<RerunReason> found)
    {
        foreach (int position in _job.OutputFiles)
        {
            var file = _definition.Files[position];
            if (_written(file.Path) is { } record && Compare(record, file.Name) is { } difference)
            {
                found.Add(question.FactOf(file.Path).State == FileState.Missing
                    ? new RerunReason(ReasonCode.OutputMissing, $"Output {file.Name} is missing", file.Name, difference.Before)
                    : new RerunReason(ReasonCode.OutputChanged, $"Output {file.Name} was edited after the job wrote it", file.Name, difference.Before, difference.After));
            }
        }
    }

    private void MissingData(List<RerunReason> found)
    {
        foreach (int position in _job.OutputData)
        {
            string name = _definition.UserData[position].Name;
            if (question.Data.GetValueOrDefault(name) is null)
            {
                found.Add(new RerunReason(ReasonCode.OutputMissing, $"User data {name} has no value", name));
            }
        }
    }

    private (string What, string? Before, string? After)? Compare(RecordedFile record, string name)
    {
        var now = question.FactOf(record.Path);
        if (now.State == FileState.Unknown || record.State == FileState.Unknown)
        {
            HasUnknowns = true;
            warnings.Add($"{name} could not be checked{(now.Problem is { } problem ? $": {problem}" : "")}");
            return null;
        }

        if (now.State != record.State)
        {
            return (now.State == FileState.Missing ? "is missing" : "was not there when the job ran", Describe(record.Identity, record.Digest), Describe(now.Identity, now.Digest));
        }

        bool isSame = record.Identity == now.Identity && (record.Digest is null || now.Digest is null)
            || (record.Digest is not null && record.Digest == now.Digest)
            || now.State == FileState.Missing;
        if (isSame)
        {
            if (record.Identity != now.Identity)
            {
                _touched ??= name;
            }

            return null;
        }

        return ("changed", Describe(record.Identity, record.Digest), Describe(now.Identity, now.Digest));
    }

    private static string? Describe(FileIdentity? identity, string? digest) =>
        identity is null ? null : $"{identity.Value.Size} bytes, {digest ?? "content unknown"}";

    private static string Listing(IEnumerable<string> names) => string.Join(", ", names);

    private IReadOnlyList<string> Names(IReadOnlyList<long> jobs)
    {
        var names = _definition.BlockersOf(job).ToDictionary(blocker => question.States[blocker].Id.Value, blocker => _definition.Jobs[blocker].Name);
        return [.. jobs.Select(id => names.GetValueOrDefault(id) ?? $"job {id}")];
    }

    private static Func<string, RecordedFile?> ByPath(IReadOnlyList<RecordedFile> files)
    {
        if (files.Count > Few)
        {
            var byPath = files.DistinctBy(file => file.Path).ToDictionary(file => file.Path);
            return byPath.GetValueOrDefault;
        }

        return path => files.FirstOrDefault(file => file.Path == path);
    }
}
