using Torc.Shared.Jobs;
using Torc.Shared.Workflows.Selection;

namespace Torc.Web.Jobs;

/// <summary>A job was named that the workflow does not have, or a group or parameter of jobs.</summary>
public sealed class UnknownJobException(WorkflowId workflow, UnknownName unknown) : Exception($"Workflow {workflow} has no {unknown.What} \"{unknown.Name}\".")
{
    public UnknownJobException(WorkflowId workflow, string job)
        : this(workflow, new UnknownName("job", job))
    {
    }
}
