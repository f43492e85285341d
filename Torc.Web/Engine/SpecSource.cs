namespace Torc.Web.Engine;

/// <summary>A spec as its author wrote it.</summary>
public sealed record SpecSource(string FileName, string Text);
