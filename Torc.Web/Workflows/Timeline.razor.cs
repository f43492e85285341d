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
    private (long, int?, bool)? _shown;

    /// <summary>As it is now.</summary>
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>From 1; null for the newest.</summary>
    [Parameter]
    public int? Run { get; set; }

    /// <summary>Whether a row is a node, and not a job.</summary>
    [Parameter]
    public bool ByNode { get; set; }

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
        var now = (Workflow.Version, Run, ByNode);
        if (now == _shown)
        {
            return;
        }

        _shown = now;
        _script ??= new JsModule(js, Assets["js/timeline.js"]);
        string source = string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow.Id}/timeline{(Run is { } run ? $"?run={run}" : "")}");
        await _script.CallAsync("show", _root, new { Source = source, ByNode, Page = $"{WorkflowAddress.Of(Workflow.Id, WorkflowTab.Jobs)}/" });
    }

    private void Pick(ChangeEventArgs chosen) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("run", int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture)));

    private string Address(bool byNode) => navigation.GetUriWithQueryParameter("by", byNode ? "node" : null);
}
