using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Torc.Web.Shell;

/// <summary>
/// Gives the focus to the heading of a page that has come. The framework's own component does so however late its message reaches
/// the browser, and then takes the focus from the field that somebody types into already.
/// </summary>
public sealed class Arrival(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private JsModule? _script;
    private Type? _arrived;

    [Parameter, EditorRequired]
    public required Type Page { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Page == _arrived)
        {
            return;
        }

        _arrived = Page;
        _script ??= new JsModule(js, Assets["js/arrival.js"]);
        await _script.CallAsync("arrive");
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }
}
