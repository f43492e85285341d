using Torc.Shared.Placement;

namespace Torc.Shared.Reruns;

/// <summary>What an attempt was made of, apart from the contents of files: if none of it has changed, the job would do the same again.</summary>
/// <param name="Command">As it was given to the shell.</param>
/// <param name="Env">What the spec adds to the environment.</param>
/// <param name="BlockedBy">The ids of the jobs that it waited for, in order: a job keeps its id when it gets another name.</param>
/// <param name="Inputs">The paths of the files that it reads, in order.</param>
/// <param name="Outputs">The paths of the files that it writes, in order.</param>
/// <param name="Data">The values of the user data that it reads, as canonical JSON; those that are long as a digest.</param>
/// <param name="Needs">What it asked for. No reason to run again, but worth telling.</param>
public sealed record Fingerprint(
    string Command,
    string? InvocationScript,
    IReadOnlyDictionary<string, string> Env,
    string WorkingDirectory,
    IReadOnlyList<long> BlockedBy,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, string?> Data,
    ResourceRequirements Needs);
