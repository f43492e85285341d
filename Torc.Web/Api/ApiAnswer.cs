namespace Torc.Web.Api;

/// <param name="Status">Such as <c>200</c>.</param>
/// <param name="Content">Empty if it says nothing more.</param>
public sealed record ApiAnswer(string Status, string Meaning, IReadOnlyList<ApiContent> Content);
