using Torc.Shared.Workflows;

namespace Torc.Web.Events;

/// <summary>Which events are asked for; null asks for all.</summary>
/// <param name="Type">A type, or its beginning with a star behind it, such as <c>torc.job.*</c>.</param>
/// <param name="Job">The name of a job.</param>
/// <param name="Since">The first instant.</param>
/// <param name="Until">The first instant that is too late.</param>
/// <param name="Data">What must hold for the data.</param>
public sealed record EventFilter(
    string? Type = null, string? Job = null, int? Attempt = null, int? Run = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, IReadOnlyList<DataCondition>? Data = null);
