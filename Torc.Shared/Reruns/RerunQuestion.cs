using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Shared.Reruns;

/// <summary>All that a plan is made from.</summary>
/// <param name="Definition">As the jobs would run now.</param>
/// <param name="States">Of the jobs, by position; a job that the definition has newly got is uninitialized.</param>
/// <param name="Results">By position; null for a job that never ended well.</param>
/// <param name="Files">What is there now, by path. A file that is not among them is unknown.</param>
/// <param name="Data">The values of user data now, by name, written as in <see cref="Fingerprint.Data"/>.</param>
/// <param name="WorkingDirectory">Where the jobs run.</param>
/// <param name="Selected">Positions; of meaning only where the scope is about selected jobs.</param>
/// <param name="EarlyCutoff">Whether a job that would run only because of another may be kept when what it reads turns out to be as it was.</param>
public sealed record RerunQuestion(
    WorkflowDefinition Definition,
    IReadOnlyList<JobState> States,
    IReadOnlyList<JobResult?> Results,
    IReadOnlyDictionary<string, FileFact> Files,
    IReadOnlyDictionary<string, string?> Data,
    string WorkingDirectory,
    RerunScope Scope,
    IReadOnlySet<int> Selected,
    bool EarlyCutoff)
{
    /// <summary>What is there now; unknown if nobody has looked.</summary>
    public FileFact FactOf(string path) => Files.GetValueOrDefault(path) ?? new FileFact(path, FileState.Unknown, Problem: "nobody looked");
}
