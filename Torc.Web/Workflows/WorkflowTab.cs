namespace Torc.Web.Workflows;

/// <summary>The parts of a workflow that have a page each.</summary>
public enum WorkflowTab
{
    Graph,
    Jobs,
    Files,
    Data,
    Timeline,
    Resources,
    Events,
    Runs,
    Spec,
}
