using System.Globalization;
using Torc.Shared.Workflows;

namespace Torc.Web.Workflows;

/// <summary>Which workflows are wanted; what is not given wants all.</summary>
/// <param name="Text">A part of the name, in small or capital letters, or the number.</param>
/// <param name="Statuses">Any of them; none for all.</param>
/// <param name="Project">All of its name.</param>
/// <param name="User">All of the name.</param>
/// <param name="Archived">Those that were put away, instead of the others.</param>
public sealed record WorkflowFilter(string? Text = null, IReadOnlyList<WorkflowStatus>? Statuses = null, string? Project = null, string? User = null, bool Archived = false)
{
    public static WorkflowFilter None { get; } = new();

    public bool IsNone => Text is null && Statuses is null or [] && Project is null && User is null && !Archived;

    /// <summary>The number that the text is; null if it is none.</summary>
    public long? Number => long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Such as <c>status:failed project:wind</c>.</summary>
    public override string ToString() => string.Join(' ', (IEnumerable<string>)
    [
        .. Text is null ? Array.Empty<string>() : [$"“{Text}”"],
        .. (Statuses ?? []).Select(status => $"status:{WorkflowStatusWords.Of(status)}"),
        .. Project is null ? Array.Empty<string>() : [$"project:{Project}"],
        .. User is null ? Array.Empty<string>() : [$"user:{User}"],
        .. Archived ? ["archived"] : Array.Empty<string>(),
    ]);
}
