namespace Torc.Web.Workflows;

/// <summary>A class of jobs in the chart of what was requested and used.</summary>
/// <param name="Class">Empty for those that name none.</param>
/// <param name="Name">As the chart calls it.</param>
internal sealed record ResourceBar(string Class, string Name, double Requested, double Median, double Max);
