using Torc.Shared.Contracts;
using Torc.Shared.Workflows;
using Torc.Web.Workflows;

namespace Torc.Tests.Support;

/// <summary>Says of every workflow that runs what a test wants to be said.</summary>
internal sealed class FakeTimesLeft : ITimesLeft
{
    public TimeLeft? Left { get; set; }

    public Task<TimeLeft?> OfAsync(WorkflowView workflow, CancellationToken cancel) => Task.FromResult(workflow.Status == WorkflowStatus.Running ? Left : null);
}
