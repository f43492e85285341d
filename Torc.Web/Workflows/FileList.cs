namespace Torc.Web.Workflows;

/// <param name="Total">How many files there are that were asked for.</param>
public sealed record FileList(int Total, IReadOnlyList<FileUse> Files);
