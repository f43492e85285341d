namespace Torc.Web.Api;

/// <summary>What a value is, in words.</summary>
/// <param name="Schema">The schema that they lead to; null if there is none.</param>
public sealed record ApiType(string Words, string? Schema = null);
