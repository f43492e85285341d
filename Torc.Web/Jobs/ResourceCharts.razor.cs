using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Web.Shell;

namespace Torc.Web.Jobs;

/// <summary>What an attempt used over time, against what was asked for. The browser fetches and draws it; here is only said when.</summary>
public sealed partial class ResourceCharts(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _script;
    private long? _shownBeat;

    /// <summary>Fixed for the life of the component: its parent keys it with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public JobId Job { get; set; }

    [Parameter, EditorRequired]
    public AttemptView Attempt { get; set; } = null!;

    /// <summary>Zero draws no line.</summary>
    [Parameter, EditorRequired]
    public MemorySize RequestedMemory { get; set; }

    [Parameter, EditorRequired]
    public int RequestedCpus { get; set; }

    /// <summary>What is said instead of a chart without points.</summary>
    [Parameter, EditorRequired]
    public string Without { get; set; } = "";

    /// <summary>Another number says that there may be more points.</summary>
    [Parameter]
    public long Beat { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _script ??= new JsModule(js, Assets["js/charts.js"]);
        if (_shownBeat != Beat)
        {
            _shownBeat = Beat;
            await _script.CallAsync(
                "show",
                _root,
                string.Create(CultureInfo.InvariantCulture, $"api/v1/jobs/{Job}/attempts/{Attempt.Number}/samples"),
                Attempt.StartedAt is { } from ? InstantText.ForBrowser(from) : null,
                Assets["_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js"]);
        }
    }
}
