using Microsoft.AspNetCore.Components;

namespace Torc.Web.Shell;

/// <summary>How long something took, or has taken so far; the browser counts on by itself.</summary>
public sealed partial class Elapsed
{
    [Parameter, EditorRequired]
    public DateTimeOffset? From { get; set; }

    /// <summary>Null as long as it goes on.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset? To { get; set; }
}
