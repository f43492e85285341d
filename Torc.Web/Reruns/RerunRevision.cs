using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Web.Reruns;

/// <summary>The new version of a spec that comes with a rerun: the same jobs, some of which ask for something else.</summary>
internal sealed record RerunRevision(WorkflowDefinition Definition, SpecSource Spec);
