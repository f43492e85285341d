using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Torc.Web.Graph;

/// <summary>Finds jobs while one types: Enter goes to the first, arrows choose another.</summary>
public sealed partial class SearchBox
{
    private string _text = "";
    private JobHits? _hits;
    private int _active;

    [Parameter, EditorRequired]
    public Func<string, JobHits> Find { get; set; } = null!;

    /// <summary>Somebody chose a job, by its name.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    /// <summary>Somebody wants to see nothing but what a search finds.</summary>
    [Parameter]
    public EventCallback<string> Kept { get; set; }

    private bool IsOpen => _hits is not null;

    private void TypeAsync(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        _active = 0;
        _hits = _text.Trim().Length == 0 ? null : Find(_text.Trim());
    }

    private async Task PressAsync(KeyboardEventArgs key)
    {
        int count = _hits?.First.Count ?? 0;
        switch (key.Key)
        {
            case "ArrowDown" when count > 0:
                _active = (_active + 1) % count;
                break;
            case "ArrowUp" when count > 0:
                _active = (_active + count - 1) % count;
                break;
            case "Enter" when count > 0:
                await TakeAsync(_active);
                break;
            case "Escape":
                Clear();
                break;
        }
    }

    private async Task TakeAsync(int place)
    {
        string job = _hits!.First[place].Name;
        Clear();
        await Chosen.InvokeAsync(job);
    }

    private async Task KeepAsync()
    {
        string selection = _hits!.Selection;
        Clear();
        await Kept.InvokeAsync(selection);
    }

    private void Clear()
    {
        _text = "";
        _hits = null;
    }
}
