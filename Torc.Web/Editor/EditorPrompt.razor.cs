using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>Asks on the canvas what is to be made: a name, or one of the things that are there.</summary>
public sealed partial class EditorPrompt
{
    private string _name = "";
    private int _kind;

    [Parameter, EditorRequired]
    public EditorAsk Ask { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<(SpecOperation Operation, SpecThing? New)> Answered { get; set; }

    /// <summary>Why it was not made; null if nobody tried.</summary>
    [Parameter]
    public string? Refusal { get; set; }

    /// <summary>Nothing is to be made.</summary>
    [Parameter, EditorRequired]
    public EventCallback Left { get; set; }

    protected override void OnInitialized() => _name = Ask.Name ?? "";

    private Task LeaveAsync(KeyboardEventArgs key) => key.Key == "Escape" ? Left.InvokeAsync() : Task.CompletedTask;

    private async Task MakeAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Enter" && (Ask.Kinds.Count > 0 ? Ask.Kinds[_kind].Make : Ask.Make) is { } make && _name.Trim() is { Length: > 0 } name)
        {
            var (operation, made) = make(name);
            await Answered.InvokeAsync((operation, made));
        }
    }

    private static string Px(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0}px");
}
