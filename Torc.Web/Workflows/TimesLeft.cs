using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

/// <summary>Asks the engine how far the jobs are, and keeps what comes of it for a moment: a page asks at every change, and many may look.</summary>
internal sealed class TimesLeft(WorkflowEngine engine, TimeProvider time) : ITimesLeft, IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private readonly MemoryCache _known = new(new MemoryCacheOptions());
    private readonly ConditionalWeakTable<WorkflowDefinition, JobGroups> _groups = [];

    public async Task<TimeLeft?> OfAsync(WorkflowView workflow, CancellationToken cancel)
    {
        if (workflow.Status != WorkflowStatus.Running)
        {
            return null;
        }

        var key = (workflow.Id, workflow.Run);
        if (_known.TryGetValue(key, out TimeLeft? known))
        {
            return known;
        }

        var now = time.GetUtcNow();
        // Only looked at behind the engine's door, where everybody waits; worked out in front of it.
        var found = await engine.ReadAsync(state => state.Find(workflow.Id) is { } active ? Look(active, now) : default, cancel);
        return _known.Set(key, found.Definition is { } definition ? TimeLeft.Of(definition, _groups.GetValue(definition, JobGroups.Of), found.Jobs) : null, Kept);
    }

    public void Dispose() => _known.Dispose();

    private static (WorkflowDefinition? Definition, JobCourse[] Jobs) Look(ActiveWorkflow workflow, DateTimeOffset now)
    {
        var jobs = new JobCourse[workflow.State.JobCount];
        for (int position = 0; position < jobs.Length; position++)
        {
            var status = workflow.State.Job(position).Status;
            jobs[position] = (status, workflow.NewestAttempt(position)) switch
            {
                (JobStatus.Running, { StartedAt: { } start }) => new JobCourse(status, SoFar: now > start ? now - start : TimeSpan.Zero),
                (_, { StartedAt: { } start, EndedAt: { } end, Outcome.Succeeded: true }) => new JobCourse(status, Took: end - start),
                _ => new JobCourse(status),
            };
        }

        return (workflow.State.Definition, jobs);
    }
}
