using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Web.Shell;

namespace Torc.Web.Jobs;

/// <summary>What one would type to the same end.</summary>
public sealed partial class CommandTwin(IJSRuntime js) : IAsyncDisposable
{
    private JsModule? _script;
    private string? _copied;
    private string? _news;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }

    protected override void OnParametersSet()
    {
        if (_copied != Text)
        {
            (_copied, _news) = (null, null);
        }
    }

    private async Task CopyAsync()
    {
        _script ??= new JsModule(js, Assets["js/clipboard.js"]);
        string text = Text;
        bool isCopied = await _script.AskAsync<bool>("copy", text);
        (_copied, _news) = (text, isCopied ? "It is in the clipboard." : "It could not be put into the clipboard: copy it from here.");
    }
}
