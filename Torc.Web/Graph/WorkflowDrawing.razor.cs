using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Web.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Graph;

/// <summary>
/// Draws a workflow. A job that changes its status changes its colours and words and nothing else; moving and zooming happen
/// in the browser alone.
/// </summary>
public sealed partial class WorkflowDrawing(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _script;

    [Parameter, EditorRequired]
    public GraphPicture Picture { get; set; } = null!;

    /// <summary>All jobs in the order of the spec.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string?> SelectedChanged { get; set; }

    private string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"Graph of {Jobs.Count} jobs and {Picture.Nodes.Count(node => node.Kind == GraphNodeKind.File)} files, from left to right");

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
        if (firstRender)
        {
            _script = new JsModule(js, Assets["js/graph.js"]);
            await _script.CallAsync("start", _root);
        }
    }

    private async Task PressAsync(KeyboardEventArgs key, string job)
    {
        if (key.Key is "Enter" or " ")
        {
            await SelectedChanged.InvokeAsync(job);
        }
    }

    private bool IsNear(GraphEdge edge) => IsSelected(Picture.Nodes[edge.From]) || IsSelected(Picture.Nodes[edge.To]);

    private bool IsNear(GraphNode node) =>
        Selected is not null && Picture.Edges.Any(edge => IsNear(edge) && (Picture.Nodes[edge.From] == node || Picture.Nodes[edge.To] == node));

    private bool IsSelected(GraphNode node) => node.Kind == GraphNodeKind.Job && node.Name.Equals(Selected, StringComparison.Ordinal);

    private static string Outline(GraphNode node, StatusLook look) =>
        look.HasCutCorners ? SvgPath.CutBox(node.Box.Width, node.Box.Height) : SvgPath.RoundBox(node.Box.Width, node.Box.Height);

    private static string At(GraphNode node) => $"translate({N(node.Box.X)} {N(node.Box.Y)})";

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
