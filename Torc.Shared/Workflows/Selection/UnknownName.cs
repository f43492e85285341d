namespace Torc.Shared.Workflows.Selection;

/// <summary>A name of a selection that nothing in the workflow has.</summary>
/// <param name="What">A job, group or parameter.</param>
public sealed record UnknownName(string What, string Name);
