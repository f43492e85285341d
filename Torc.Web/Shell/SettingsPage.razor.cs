using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Torc.Web.Shell;

/// <summary>How pages look in this browser. All of it is kept and applied by <c>js/settings.js</c>: the server has nothing to do with it.</summary>
public sealed partial class SettingsPage(IJSRuntime js, TimeProvider time) : IAsyncDisposable
{
    private readonly DateTimeOffset _now = time.GetUtcNow();
    private ElementReference _form;
    private JsModule? _script;

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop");
            await _script.DisposeAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new JsModule(js, Assets["js/settingspage.js"]);
            await _script.CallAsync("start", _form);
        }
    }
}
