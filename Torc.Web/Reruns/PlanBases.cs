using Torc.Shared.Jobs;
using Torc.Web.Engine;

namespace Torc.Web.Reruns;

/// <summary>
/// Reads what plans are made from, and keeps what was read last: who looks at a plan looks at it in several ways, and to read all of a large
/// workflow takes longer than to plan it. Files are looked at anew for each plan.
/// </summary>
internal sealed class PlanBases(WorkflowStore store, ResultQueries results, WorkflowEngine engine, TimeProvider time) : IDisposable
{
    /// <summary>That of a large workflow takes hundreds of megabytes.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Kept? _last;
    private ITimer? _forgetting;

    /// <returns>Null if there is no such workflow.</returns>
    public async Task<PlanBasis?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        long revision = engine.Revisions.Of(workflow);
        if (Last(workflow, revision) is { } known)
        {
            return known;
        }

        if (await store.FindAsync(workflow, cancel) is not { } found)
        {
            return null;
        }

        var basis = new PlanBasis(found, await results.OfAsync(workflow, job: null, cancel));

        // What changed while it was read may be in one half of it and not in the other: good for this plan, which nobody can carry out then.
        if (engine.Revisions.Of(workflow) == revision)
        {
            Keep(new Kept(workflow, revision, basis));
        }

        return basis;
    }

    public void Dispose() => _forgetting?.Dispose();

    private PlanBasis? Last(WorkflowId workflow, long revision)
    {
        lock (_gate)
        {
            if (_last is not { } last || last.Workflow != workflow || last.Revision != revision)
            {
                return null;
            }

            _forgetting!.Change(KeptFor, Timeout.InfiniteTimeSpan);
            return last.Basis;
        }
    }

    private void Keep(Kept read)
    {
        lock (_gate)
        {
            _last = read;
            _forgetting ??= time.CreateTimer(_ => Forget(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _forgetting.Change(KeptFor, Timeout.InfiniteTimeSpan);
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _last = null;
        }
    }

    private sealed record Kept(WorkflowId Workflow, long Revision, PlanBasis Basis);
}
