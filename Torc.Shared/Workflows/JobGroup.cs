namespace Torc.Shared.Workflows;

/// <summary>Jobs that differ only by parameters or index; a job that is like no other is a group of one.</summary>
/// <param name="Name">What their names have in common, such as <c>sim</c>; of a single job, its name. No two groups of a workflow have the same.</param>
/// <param name="Jobs">By position, in the order of the spec.</param>
public sealed record JobGroup(string Name, IReadOnlyList<int> Jobs);
