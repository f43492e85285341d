namespace Torc.Web.Workflows;

/// <summary>What one would sensibly do next with a workflow.</summary>
/// <param name="Name">For tests and scripts.</param>
/// <param name="IsMain">Whether it is what most people come for.</param>
internal sealed record WorkflowStep(string Name, string Words, bool IsMain, Func<Task> TakeAsync);
