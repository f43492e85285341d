using Microsoft.AspNetCore.Components;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What was done to a draft, the newest first, and what was undone.</summary>
public sealed partial class EditorSteps
{
    private const int Most = 40;

    [Parameter, EditorRequired]
    public SpecHistory History { get; set; } = null!;

    /// <summary>Somebody wants to go there: how many steps are to be undone, or done again if it is less than 0.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> Chosen { get; set; }

    private IEnumerable<(string Title, int Back)> Recent =>
    [
        .. History.Undone.Select((step, index) => (step.Title, -(History.Undone.Count - index))).Take(Most),
        .. History.Done.Reverse().Select((step, index) => (step.Title, index)).Take(Most),
    ];
}
