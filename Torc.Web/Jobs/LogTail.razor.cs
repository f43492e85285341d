using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Jobs;

/// <summary>The end of what an attempt wrote. The browser fetches and shows it; here is only said when.</summary>
public sealed partial class LogTail(IJSRuntime js) : IAsyncDisposable
{
    private const int Lines = 12;
    private static readonly string[] Streams = ["stdout", "stderr"];

    private ElementReference _lines;
    private JsModule? _script;
    private string _stream = Streams[0];
    private long? _shownBeat;

    /// <summary>Fixed for the life of the component: its parent keys it with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public AttemptId Attempt { get; set; }

    /// <summary>Another number says that there may be more to show.</summary>
    [Parameter]
    public long Beat { get; set; }

    /// <summary>Gives the address of the page with the whole of a stream.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> Page { get; set; } = null!;

    private string Url => string.Create(CultureInfo.InvariantCulture, $"api/v1/jobs/{Attempt.Job}/attempts/{Attempt.Number}/log?stream={_stream}&tail_lines={Lines}");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _lines);
            await _script.DisposeAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _script ??= new JsModule(js, Assets["js/log.js"]);
        if (_shownBeat != Beat)
        {
            _shownBeat = Beat;
            await _script.CallAsync("show", _lines, Url);
        }
    }

    private async Task ShowAsync(string stream)
    {
        _stream = stream;
        if (_script is not null)
        {
            await _script.CallAsync("show", _lines, Url);
        }
    }
}
