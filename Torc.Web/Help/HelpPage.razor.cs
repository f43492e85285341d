using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Web.Shell;

namespace Torc.Web.Help;

/// <summary>What the words, signs, keys and commands mean.</summary>
public sealed partial class HelpPage(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _script;

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // Whoever comes from elsewhere to a topic sees it: the browser looked for it before the page was there.
            _script = new JsModule(js, Assets["js/anchor.js"]);
            await _script.CallAsync("show", _root);
        }
    }
}
