namespace Torc.Web.Api;

/// <summary>One operation of the API.</summary>
/// <param name="Id">What programs that are made from the document call it.</param>
/// <param name="Body">What it takes, in one of these types; empty if it takes nothing.</param>
public sealed record ApiEntry(
    string Id, string Method, string Path, string Summary, IReadOnlyList<ApiField> Parameters, IReadOnlyList<ApiContent> Body, IReadOnlyList<ApiAnswer> Answers);
