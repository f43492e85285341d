namespace Torc.Shared.Contracts;

/// <summary>A link that lets one browser in, once, within ten minutes.</summary>
public sealed record LoginLink(string Url);
