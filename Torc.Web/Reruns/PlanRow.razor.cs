using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>What a plan says of one job; the other reasons and what they rest on come when they are asked for.</summary>
public sealed partial class PlanRow
{
    private const int LongestShown = 4_000;

    private bool _isOpen;

    [Parameter, EditorRequired]
    public PlannedJobView Job { get; set; } = null!;

    /// <summary>Whether an earlier plan said something else of it.</summary>
    [Parameter]
    public bool IsMarked { get; set; }

    /// <summary>Only name and reason, for jobs that are kept.</summary>
    [Parameter]
    public bool IsShort { get; set; }

    /// <summary>Somebody wants a job to ask for something else. Without it nothing can be changed.</summary>
    [Parameter]
    public EventCallback<RequirementsChange> Changed { get; set; }

    private bool HasEvidence => Job.Reasons.Any(reason => reason.Before is not null || reason.After is not null);

    private bool HasMore => Job.Reasons.Count > 1 || HasEvidence;

    private string More => Job.Reasons.Count > 1 ? $"and {RerunWords.Count(Job.Reasons.Count - 1)} more" : "what changed";

    // Of these the texts themselves are compared; of files only what identifies their content is known.
    private static bool IsText(RerunReason reason) =>
        reason is { Before: not null, After: not null, Code: not (ReasonCode.InputChanged or ReasonCode.OutputChanged or ReasonCode.OutputMissing) };

    private static string Cut(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]} …";
}
