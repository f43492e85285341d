namespace Torc.Web.Engine;

/// <summary>A spec as its author wrote it.</summary>
internal sealed record SpecSource(string FileName, string Text);
