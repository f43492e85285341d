using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Web.Shell;

namespace Torc.Web.Workflows;

/// <summary>When each attempt of a run waited and ran. The browser fetches and draws it; here is only said when.</summary>
public sealed partial class Timeline(IJSRuntime js, NavigationManager navigation) : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _script;
    private (long, int?, TimelineRow)? _shown;

    /// <summary>As it is now.</summary>
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>From 1; null for the newest.</summary>
    [Parameter]
    public int? Run { get; set; }

    /// <summary>What a row is.</summary>
    [Parameter]
    public TimelineRow Row { get; set; }

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
        var now = (Workflow.Version, Run, Row);
        if (now == _shown)
        {
            return;
        }

        _shown = now;
        _script ??= new JsModule(js, Assets["js/timeline.js"]);
        string source = string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow.Id}/timeline{(Run is { } run ? $"?run={run}" : "")}");
        await _script.CallAsync("show", _root, new { Source = source, Row = Row.ToString().ToLowerInvariant(), Page = $"{WorkflowAddress.Of(Workflow.Id, WorkflowTab.Jobs)}/" });
    }

    private void Pick(ChangeEventArgs chosen) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("run", int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture)));

    private string Address(TimelineRow row) => navigation.GetUriWithQueryParameter("by", row == TimelineRow.Job ? null : row.ToString().ToLowerInvariant());
}
