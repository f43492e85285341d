using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Agent.Running;

/// <summary>Says how an attempt ended: by itself, by somebody else's signal, or because it was made to.</summary>
internal static class Verdict
{
    /// <summary>A kill at so much of the limit is most likely the kernel's, for want of memory.</summary>
    private const double NearTheLimit = 0.95;

    private const int MaxNames = 5;
    private const int MaxDetail = 1_000;

    /// <summary>What happened before we sent a signal counts as the command's own doing; afterwards even an exit with 0 is not.</summary>
    /// <param name="cause">Why we ended it; null if no signal was sent before its command had ended.</param>
    /// <param name="status">Of the command; null if it would not end.</param>
    /// <param name="ranOutOfMemory">The kernel ended processes of it for going over the limit.</param>
    public static Outcome Of(EndCause? cause, int? status, bool ranOutOfMemory, ResourceRequirements granted, MemorySize peak, TimeSpan ran)
    {
        int? exitCode = status is { } known ? WaitStatus.ExitCode(known) : null;
        if (ranOutOfMemory)
        {
            // The limit is what it had in its hands when it asked for more, whatever was measured before.
            return new Outcome(OutcomeKind.OutOfMemory, exitCode, Used(peak > granted.Memory ? peak : granted.Memory, granted));
        }

        if (cause is not null)
        {
            string? detail = cause.Kind switch
            {
                OutcomeKind.Timeout => $"ran {DurationText.Print(ran)} of {DurationText.Print(granted.Runtime)}",
                OutcomeKind.OutOfMemory => Used(peak, granted),
                _ => cause.Detail,
            };
            return new Outcome(cause.Kind, exitCode, detail);
        }

        int signal = WaitStatus.Signal(status ?? 0);
        return signal switch
        {
            0 => new Outcome(OutcomeKind.Exit, exitCode),
            Libc.SigKill when granted.Memory.Bytes > 0 && peak.Bytes >= NearTheLimit * granted.Memory.Bytes =>
                new Outcome(OutcomeKind.OutOfMemory, exitCode, $"likely: SIGKILL after it {Used(peak, granted)}"),
            _ => new Outcome(OutcomeKind.Signal, exitCode, WaitStatus.SignalName(signal)),
        };
    }

    /// <summary>An exit with 0 is not well if files are missing that it should have written.</summary>
    public static Outcome WithOutputs(Outcome outcome, IReadOnlyList<string> missing) =>
        missing.Count == 0 ? outcome : outcome with { Kind = OutcomeKind.MissingOutput, Detail = Some(missing) };

    /// <summary>The recovery script came to this end by itself, and the command was not started.</summary>
    public static Outcome OfRecovery(Outcome outcome) =>
        outcome.Kind == OutcomeKind.Exit ? outcome with { Detail = $"the recovery script ended with {outcome.ExitCode}, so the command was not started" } : outcome;

    private static string Used(MemorySize peak, ResourceRequirements granted) => $"used {peak} of {granted.Memory}";

    // A report has to stay small, however many files a job was to write.
    private static string Some(IReadOnlyList<string> names)
    {
        string first = string.Join(", ", names.Take(MaxNames));
        string cut = first.Length > MaxDetail ? $"{first[..MaxDetail]}…" : first;
        return names.Count > MaxNames ? $"{cut} and {names.Count - MaxNames} more" : cut;
    }
}
