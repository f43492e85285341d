using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What the jobs of a draft's workflow used when they ran last: who says what they need wants to know.</summary>
public sealed record EditorUses(IReadOnlyList<JobUseView> Jobs)
{
    private const int MostCopies = 100_000;

    /// <summary>In words, beside a field.</summary>
    /// <param name="owner">A class of requirements, or a job that has its own.</param>
    /// <param name="field">As the schema names it, such as <c>memory</c>.</param>
    /// <returns>Null if nobody saw it, or the field is about something else.</returns>
    public string? Of(SpecDocument document, SpecThing owner, string field)
    {
        if (Jobs.Count == 0 || field is not ("memory" or "runtime" or "num_cpus"))
        {
            return null;
        }

        HashSet<string> copies = owner.Kind == SpecThingKind.Job ? [.. SpecForm.CopyNames(document, owner, MostCopies)] : [];
        List<JobUseView> own = [.. Jobs.Where(job => owner.Kind == SpecThingKind.Requirements ? job.Class == owner.Name : copies.Contains(job.Name))];
        return field switch
        {
            "memory" when Most(own, job => job.PeakMemory?.Bytes) is { } bytes => Words(own, $"used at most {new MemorySize((long)bytes)}"),
            "runtime" when Most(own, job => job.Took?.TotalSeconds) is { } seconds => Words(own, $"took at most {DurationText.Print(TimeSpan.FromSeconds(Math.Round(seconds, 1)))}"),
            "num_cpus" when Most(own, job => job is { CpuTime: { } cpu, Took: { TotalSeconds: >= 1 } took } ? cpu / took : null) is { } cores => Words(own, string.Create(CultureInfo.InvariantCulture, $"used at most {cores:0.0} CPUs, as a mean")),
            _ => null,
        };
    }

    private static double? Most(List<JobUseView> jobs, Func<JobUseView, double?> amount) => jobs.Max(amount);

    private static string Words(List<JobUseView> jobs, string what) =>
        jobs.Count == 1 ? $"When it ran last, it {what}." : string.Create(CultureInfo.InvariantCulture, $"When they ran last, {jobs.Count:N0} jobs {what}.");
}
