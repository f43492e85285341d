using Torc.Shared.Contracts;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Web.Reruns;

/// <summary>Says and reads what a job is to ask for from now on.</summary>
public static class NeedsWords
{
    /// <summary>What is to change, as it is now: such as <c>200 MiB, up to 5 min</c>.</summary>
    public static string Was(PlannedJobView job)
    {
        var parts = new List<string>();
        if (job.Was is { } was && was.Memory != job.Needs.Memory)
        {
            parts.Add(was.Memory.Bytes == 0 ? "no memory" : was.Memory.ToString());
        }

        if (job.Was is { } fewer && fewer.Cpus != job.Needs.Cpus)
        {
            parts.Add(fewer.Cpus == 1 ? "1 CPU" : FormattableString.Invariant($"{fewer.Cpus} CPUs"));
        }

        if (job.Was is { } before && before.Runtime != job.Needs.Runtime)
        {
            parts.Add($"up to {DurationText.Print(before.Runtime)}");
        }

        return string.Join(", ", parts);
    }

    /// <summary>What can be had by one click: more, or what it asks for now.</summary>
    /// <returns>Null if there is neither.</returns>
    public static string? Offer(PlannedJobView job) => (job.Was, job.Suggested) switch
    {
        (not null, _) => $"Leave it at {Was(job)}",
        (null, { } more) when more.Memory != job.Needs.Memory => $"Raise memory to {more.Memory}",
        (null, { } more) when more.Runtime != job.Needs.Runtime => $"Allow {DurationText.Print(more.Runtime)}",
        _ => null,
    };

    public static RequirementsChange Suggestion(PlannedJobView job) => new(
        job.Name,
        job.Suggested is { } more && more.Memory != job.Needs.Memory ? MemoryText.Write(more.Memory) : null,
        job.Suggested is { } longer && longer.Runtime != job.Needs.Runtime ? DurationText.Write(longer.Runtime) : null);

    /// <summary>A duration as people read it, if that says all of it.</summary>
    public static string Typed(TimeSpan duration) =>
        DurationText.Print(duration) is var printed && DurationText.TryParse(printed, out _) == duration ? printed : DurationText.Write(duration);

    /// <summary>Reads what somebody typed; what is empty, or as it is now, is not changed.</summary>
    /// <returns>Null, and what is wrong with them, if something is no amount or no duration.</returns>
    public static RequirementsChange? Read(PlannedJobView job, string? memory, string? runtime, out (string? Memory, string? Runtime) problems) =>
        Read(job.Name, job.Was ?? job.Needs, memory, runtime, out problems);

    /// <param name="now">What the job asks for now.</param>
    public static RequirementsChange? Read(string job, ResourceRequirements now, string? memory, string? runtime, out (string? Memory, string? Runtime) problems)
    {
        var (amount, amountProblem) = (memory ?? "").Trim() is { Length: > 0 } typed ? (MemoryText.TryParse(typed, out var wrong), wrong) : (now.Memory, null);
        var (duration, durationProblem) = (runtime ?? "").Trim() is { Length: > 0 } written ? (DurationText.TryParse(written, out var bad), bad) : (now.Runtime, null);
        problems = (amountProblem is null ? null : Sentence("Memory", amountProblem), durationProblem is null ? null : Sentence("Runtime", durationProblem));
        return problems != default
            ? null
            : new RequirementsChange(
                job,
                amount is { } asked && asked != now.Memory ? MemoryText.Write(asked) : null,
                duration is { } allowed && allowed != now.Runtime ? DurationText.Write(allowed) : null);
    }

    /// <summary>Such as <c>Memory must have a unit: 450 what? Write 450m or 450g.</c></summary>
    public static string Sentence(string what, QuantityProblem problem)
    {
        string message = $"{what} {problem.Message}{(problem.Message.EndsWith('?') ? "" : ".")}";
        return problem.Help is { } help ? $"{message} {char.ToUpperInvariant(help[0])}{help[1..]}." : message;
    }
}
