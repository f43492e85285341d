using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Metrics;
using Torc.Web.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Workflows;

/// <summary>What each class of jobs asks for beside what its jobs used, as bars; a click on one chooses the class.</summary>
public sealed partial class ResourceChart(IJSRuntime js) : IAsyncDisposable
{
    /// <summary>More bars than that nobody reads.</summary>
    private const int Most = 30;

    private ElementReference _root;
    private JsModule? _script;
    private DotNetObjectReference<ResourceChart>? _self;
    private IReadOnlyList<ResourceBar> _bars = [];
    private (IReadOnlyList<ResourceUseView>, ResourceKind, string?)? _shown;
    private bool _isDrawn;
    private int _left;

    [Parameter, EditorRequired]
    public IReadOnlyList<ResourceUseView> Uses { get; set; } = [];

    [Parameter, EditorRequired]
    public ResourceKind Kind { get; set; }

    /// <summary>The class that is chosen; empty for those that name none, null if none is.</summary>
    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public EventCallback<string?> ClassChosen { get; set; }

    private int Height => 70 + (46 * _bars.Count);

    private string Told => $"{ResourceWords.Name(Kind)}, requested and used: {string.Join("; ", _bars.Select(bar =>
        $"{bar.Name} {(bar.Requested > 0 ? ResourceWords.Amount(Kind, bar.Requested) : "none")} requested, {ResourceWords.Amount(Kind, bar.Max)} at most used"))}";

    /// <summary>The browser calls this when a bar was clicked.</summary>
    [JSInvokable]
    public Task OnBarAsync(int bar) => InvokeAsync(() => bar >= 0 && bar < _bars.Count ? ClassChosen.InvokeAsync(_bars[bar].Class) : Task.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (_shown == (Uses, Kind, Class))
        {
            return;
        }

        (_shown, _isDrawn) = ((Uses, Kind, Class), false);
        var uses = Uses.Where(use => use.Resource == Kind).ToList();
        bool isAmbiguous = uses.Count(use => use.Class is null) > 1;
        _bars = [.. uses.Take(Most).Select(use => new ResourceBar(
            use.Class ?? "",
            use.Class ?? (isAmbiguous ? $"no class ({RequirementsText.ForPeople(use.Needs)})" : "no class"),
            use.Requested,
            use.Median,
            use.Max))];
        _left = uses.Count - _bars.Count;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isDrawn || _bars.Count == 0)
        {
            return;
        }

        _isDrawn = true;
        _script ??= new JsModule(js, Assets["js/resources.js"]);
        _self ??= DotNetObjectReference.Create(this);
        await _script.CallAsync(
            "show", _root, _self, Kind.ToString(), _bars.Select(bar => bar.Name).ToArray(), _bars.Select(bar => bar.Requested).ToArray(), _bars.Select(bar => bar.Median).ToArray(), _bars.Select(bar => bar.Max).ToArray(),
            _bars.Select((bar, place) => (bar, place)).Where(entry => entry.bar.Class == Class).Select(entry => entry.place).ToArray(),
            Assets["_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js"]);
    }
}
