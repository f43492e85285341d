namespace Torc.Shared.Specs;

/// <summary>A folder or a set of files that several jobs may produce together. It only orders jobs: no workflow knows it once it is made.</summary>
internal sealed record DatasetDefinition(string Name, string Path);
