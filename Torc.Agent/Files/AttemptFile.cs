using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>A file as an attempt of a workflow saw it.</summary>
/// <param name="Path">As in the assignment.</param>
internal sealed record AttemptFile(WorkflowId Workflow, string WorkingDirectory, string Path, FileIdentity Identity);
