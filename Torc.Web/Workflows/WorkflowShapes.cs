using Microsoft.Extensions.Caching.Memory;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>Keeps the shapes of the workflows that are looked at, since to read and draw a large one takes a moment.</summary>
public sealed class WorkflowShapes(IWorkflowQueries queries) : IDisposable
{
    /// <summary>In jobs. A workflow that is larger than this is read each time.</summary>
    private const int Room = 250_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private readonly MemoryCache _shapes = new(new MemoryCacheOptions { SizeLimit = Room });

    /// <returns>
    /// Null if there is no such workflow. If it has got another spec since it was viewed, the shape may be that of the new one: whoever
    /// asks compares the jobs.
    /// </returns>
    public async Task<WorkflowShape?> FindAsync(WorkflowView workflow, CancellationToken cancel)
    {
        var key = (workflow.Id, workflow.SpecVersion);
        if (_shapes.TryGetValue(key, out WorkflowShape? known))
        {
            return known;
        }

        if (await queries.DefinitionAsync(workflow.Id, cancel) is not { } definition)
        {
            return null;
        }

        return _shapes.Set(key, new WorkflowShape(definition), new MemoryCacheEntryOptions { SlidingExpiration = Kept, Size = definition.Jobs.Count + 1 });
    }

    /// <summary>Forgets what was of another moment than its workflow.</summary>
    public void Forget(WorkflowId workflow, int specVersion) => _shapes.Remove((workflow, specVersion));

    public void Dispose() => _shapes.Dispose();
}
