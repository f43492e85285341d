using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;
using Torc.Web.Jobs;
using Torc.Web.Reruns;
using Torc.Web.Workflows;

namespace Torc.Tests.Support;

/// <summary>Does to the jobs of <see cref="FakeWorkflows"/> what is asked for, unless a test has it refuse.</summary>
internal sealed class FakeDesk(FakeWorkflows workflows) : IJobDesk, IWorkflowDesk, INeedsDesk
{
    private static readonly JobStatus[] CanStop = [JobStatus.Blocked, JobStatus.Ready, JobStatus.Pending, JobStatus.Running, JobStatus.PendingFailed];

    /// <summary>What was done and not only looked at, in order, such as <c>stop 1 work2</c>.</summary>
    public List<string> Done { get; } = [];

    /// <summary>What everything but a dry run gets for an answer; null lets it be done.</summary>
    public string? Refusal { get; set; }

    /// <summary>Why the spec cannot be changed; null lets it.</summary>
    public string? NeedsRefusal { get; set; }

    public async Task<JobAnswer> StopAsync(WorkflowId id, IReadOnlyCollection<string>? jobs, string by, bool dryRun, CancellationToken cancel)
    {
        var all = await workflows.JobsAsync(id, cancel);
        string[] names = [.. all.Where(job => jobs?.Contains(job.Name) != false && CanStop.Contains(job.Status)).Select(job => job.Name)];
        return Do(
            $"stop {id} {string.Join(' ', jobs ?? ["all"])}",
            names,
            dryRun,
            () => workflows.Move(id, DateTimeOffset.UtcNow, [.. names.Select(name => (name, workflows.Job(id, name).Status.HoldsNode() ? JobStatus.Terminated : JobStatus.Canceled, (string?)$"stopped by {by}"))]));
    }

    public async Task<JobAnswer> TurnAsync(WorkflowId id, IReadOnlyCollection<string> jobs, bool on, string by, bool dryRun, CancellationToken cancel)
    {
        await Task.Yield();
        return Do(
            $"turn {(on ? "on" : "off")} {id} {string.Join(' ', jobs)}",
            jobs,
            dryRun,
            () => workflows.Move(id, DateTimeOffset.UtcNow, [.. jobs.Select(name => (name, on ? JobStatus.Uninitialized : JobStatus.Disabled, (string?)null))]));
    }

    public Task<JobAnswer> ArchiveAsync(WorkflowId id, bool archived, string by, bool dryRun, CancellationToken cancel) =>
        DoAsync($"{(archived ? "archive" : "unarchive")} {id}", id, dryRun, () => workflows.Archive(id, archived), cancel);

    public Task<JobAnswer> DeleteAsync(WorkflowId id, string by, bool dryRun, CancellationToken cancel) => DoAsync($"delete {id}", id, dryRun, () => workflows.Delete(id, by), cancel);

    public Task<SpecEditView?> ReviewAsync(WorkflowId id, IReadOnlyList<RequirementsChange> changes, CancellationToken cancel) => Task.FromResult<SpecEditView?>(
        new SpecEditView(2, NeedsRefusal is null ? [new SpecLine(19, IsAdded: false, "memory: 512m"), new SpecLine(19, IsAdded: true, $"memory: {changes[0].Memory}")] : [], [], [], NeedsRefusal));

    public Task<string?> ApplyAsync(WorkflowId id, IReadOnlyList<RequirementsChange> changes, int version, CancellationToken cancel)
    {
        Done.AddRange(changes.Select(change => $"needs {id} v{version} {change.Job} {change.Cpus} {change.Memory} {change.Runtime}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd()));
        return Task.FromResult(Refusal);
    }

    private async Task<JobAnswer> DoAsync(string what, WorkflowId id, bool dryRun, Action change, CancellationToken cancel) =>
        Do(what, [.. (await workflows.JobsAsync(id, cancel)).Select(job => job.Name)], dryRun, change);

    private JobAnswer Do(string what, IReadOnlyCollection<string> names, bool dryRun, Action move)
    {
        if (names.Count == 0)
        {
            return new JobAnswer.Refused("Nothing waits or runs.");
        }

        if (!dryRun)
        {
            Done.Add(what);
            if (Refusal is not null)
            {
                return new JobAnswer.Refused(Refusal);
            }

            move();
        }

        return new JobAnswer.Done(names.Count);
    }
}
