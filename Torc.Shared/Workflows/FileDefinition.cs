namespace Torc.Shared.Workflows;

/// <summary>A file that jobs need or produce.</summary>
/// <param name="Path">As the spec writes it; relative to the workflow's working directory.</param>
public sealed record FileDefinition(string Name, string Path);
