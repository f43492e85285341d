using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>Another definition of a workflow, to be stored in the place of the one that it had.</summary>
/// <param name="Jobs">The ids of its jobs, in order; a new one has an id that nobody had.</param>
/// <param name="Removed">The jobs that it has no more. What they did stays.</param>
/// <param name="KeptData">The user data that keep what was stored.</param>
internal sealed record Revision(WorkflowHead Head, WorkflowDefinition Definition, IReadOnlyList<JobId> Jobs, IReadOnlySet<JobId> Added, IReadOnlyList<JobId> Removed, IReadOnlySet<string> KeptData, SpecSource Spec);
