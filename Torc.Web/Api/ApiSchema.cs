namespace Torc.Web.Api;

/// <summary>Something that crosses the wire.</summary>
/// <param name="Written">How it is written if it has no fields; null if it has.</param>
public sealed record ApiSchema(string Name, string? Words, string? Written, IReadOnlyList<ApiField> Fields);
