namespace Torc.Web.Engine;

/// <summary>One version of a workflow's spec.</summary>
/// <param name="Version">From 1.</param>
public sealed record StoredSpec(int Version, SpecSource Source);
