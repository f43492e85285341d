using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Quantities;
using Torc.Web.Shell;

namespace Torc.Web.Charts;

/// <summary>What an attempt or a node used over time, against what there is for it. The browser fetches and draws it; here is only said when.</summary>
public sealed partial class UsageCharts(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _script;
    private long? _shownBeat;

    /// <summary>Where the samples are, relative to the server's address.</summary>
    [Parameter, EditorRequired]
    public string Source { get; set; } = "";

    /// <summary>Where time begins; null for the first sample. By the clock it has no effect.</summary>
    [Parameter]
    public DateTimeOffset? From { get; set; }

    /// <summary>Whether the axis shows times of the day instead of the time since <see cref="From"/>.</summary>
    [Parameter]
    public bool ByClock { get; set; }

    /// <summary>Zero draws no line.</summary>
    [Parameter, EditorRequired]
    public MemorySize Memory { get; set; }

    [Parameter, EditorRequired]
    public int Cpus { get; set; }

    /// <summary>Zero draws no charts of GPUs.</summary>
    [Parameter, EditorRequired]
    public int Gpus { get; set; }

    /// <summary>What the line is called, such as "requested".</summary>
    [Parameter, EditorRequired]
    public string BoundWord { get; set; } = "";

    /// <summary>What is said instead of charts without points.</summary>
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
            await _script.CallAsync("show", _root, Source, From is { } from ? InstantText.ForBrowser(from) : null, Assets["_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js"]);
        }
    }

    // The bounds in bytes, and in percent of one CPU or GPU. Nobody promises a job memory of its GPUs.
    private IEnumerable<(string Name, string Heading, long Bound)> Series() =>
    [
        ("memory", "Memory", Memory.Bytes),
        ("cpu", "CPU", Cpus * 100L),
        .. Gpus == 0 ? Array.Empty<(string, string, long)>() : [("gpu", "GPU", Gpus * 100L), ("gpu_memory", "GPU memory", 0)],
    ];
}
