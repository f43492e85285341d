using System.Globalization;
using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;

namespace Torc.Agent.Client;

/// <summary>A plan as the command line shows it.</summary>
internal static class PlanText
{
    private const int MaxLines = 100;

    /// <summary>Ends with a line break. Long plans are shown in groups by reason.</summary>
    public static string Of(RerunPlanView plan)
    {
        var text = new StringBuilder();
        var runs = plan.Jobs.Where(job => job.Action != PlannedAction.Keep).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"{plan.Name}, run {plan.Run - 1} to run {plan.Run}; plan {plan.Id}");
        if (runs.Count > 0)
        {
            text.AppendLine();
            Table(text, runs.Count <= MaxLines ? runs.Select(Row) : runs.GroupBy(job => (job.Action, job.Reasons[0].Code)).Select(group => GroupRow(group.Key.Action, [.. group])));
        }

        var kept = plan.Jobs.Where(job => job.Action == PlannedAction.Keep).ToList();
        foreach (var group in kept.GroupBy(job => (job.Reasons[0].Code, Sentence: job.Reasons[0].Code is ReasonCode.UpToDate ? "up to date" : job.Reasons[0].Sentence)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"kept: {Names([.. group])}: {group.Key.Sentence}");
        }

        foreach (string warning in plan.Warnings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"warning: {warning}");
        }

        if (plan.Spec is { } spec)
        {
            Spec(text, spec);
        }

        string[] written = [.. runs.SelectMany(job => job.Writes).Take(MaxLines)];
        if (written.Length is > 0 and < MaxLines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"files that will be written: {string.Join(", ", written)}; nothing is deleted");
        }

        if (runs.Count == 0)
        {
            text.AppendLine("Nothing to run.");
        }

        return text.ToString();
    }

    private static string[] Row(PlannedJobView job) =>
    [
        job.Name,
        job.Action == PlannedAction.MayRun ? "may run" : "run",
        job.Reasons.Count == 1 ? job.Reasons[0].Sentence : $"{job.Reasons[0].Sentence}, and {job.Reasons.Count - 1} more",
        job.LastTookS is { } seconds ? DurationText.Print(TimeSpan.FromSeconds(Math.Round(seconds, 1))) : "-",
        Needs(job),
    ];

    private static void Spec(StringBuilder text, SpecEditView spec)
    {
        if (spec.Refusal is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"the spec stays as it is: {spec.Refusal}");
            return;
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"the spec becomes version {spec.Version}:");
        foreach (var line in spec.Lines.Take(MaxLines))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(line.IsAdded ? '+' : '-')} {line.Text}");
        }

        if (spec.AlsoChanged.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  from the same entry, and so asking for the same: {string.Join(", ", spec.AlsoChanged.Take(5))}{(spec.AlsoChanged.Count > 5 ? $" and {spec.AlsoChanged.Count - 5:N0} more" : "")}");
        }

        foreach (string warning in spec.Warnings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  warning: {warning}");
        }
    }

    private static string[] GroupRow(PlannedAction action, IReadOnlyList<PlannedJobView> jobs) =>
        [Names(jobs), action == PlannedAction.MayRun ? "may run" : "run", jobs[0].Reasons[0].Sentence, "", ""];

    private static string Names(IReadOnlyList<PlannedJobView> jobs) => jobs.Count <= 5
        ? string.Join(", ", jobs.Select(job => job.Name))
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", jobs.Take(3).Select(job => job.Name))} and {jobs.Count - 3:N0} more");

    private static string Needs(PlannedJobView job)
    {
        string memory = job.Needs.Memory.Bytes > 0 ? $", {job.Needs.Memory}" : "";
        string gpus = job.Needs.Gpus > 0 ? $", {job.Needs.Gpus} GPU{(job.Needs.Gpus == 1 ? "" : "s")}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{job.Needs.Cpus} CPU{(job.Needs.Cpus == 1 ? "" : "s")}{memory}{gpus}, {DurationText.Print(job.Needs.Runtime)}");
    }

    private static void Table(StringBuilder text, IEnumerable<string[]> cells)
    {
        foreach (string line in TextTable.Lines([["JOB", "WILL", "WHY", "LAST TOOK", "ASKS FOR"], .. cells]))
        {
            text.AppendLine(line);
        }
    }
}
