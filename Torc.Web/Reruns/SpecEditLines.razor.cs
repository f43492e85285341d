using Microsoft.AspNetCore.Components;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Reruns;

/// <summary>The lines that a spec loses and gains.</summary>
public sealed partial class SpecEditLines
{
    private const int MostLines = 40;

    [Parameter, EditorRequired]
    public IReadOnlyList<SpecLine> Lines { get; set; } = [];
}
