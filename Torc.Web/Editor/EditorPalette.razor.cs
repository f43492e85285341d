using Microsoft.AspNetCore.Components;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What can be put onto the canvas.</summary>
public sealed partial class EditorPalette
{
    [Parameter, EditorRequired]
    public SpecDocument Document { get; set; } = null!;

    [Parameter]
    public bool IsReadOnly { get; set; }

    private IReadOnlyList<string> Classes => SpecForm.Names(Document, SpecThingKind.Requirements);

    private IReadOnlyList<string> Handlers => SpecForm.Names(Document, SpecThingKind.FailureHandler);
}
