namespace Torc.Web.Api;

/// <summary>Operations about one kind of thing.</summary>
public sealed record ApiGroup(string Name, string Words, IReadOnlyList<ApiEntry> Entries);
