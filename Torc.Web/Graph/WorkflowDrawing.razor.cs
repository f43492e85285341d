using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Graph;

/// <summary>
/// Draws a workflow. A job that changes its status changes its colours and words and nothing else; moving and zooming happen
/// in the browser alone.
/// </summary>
public sealed partial class WorkflowDrawing(IJSRuntime js) : IAsyncDisposable
{
    private const double WordFrom = 40;

    private ElementReference _root;
    private JsModule? _script;
    private GraphPicture? _drawn;
    private HashSet<int> _selected = [];
    private IReadOnlySet<int> _critical = new HashSet<int>();
    private HashSet<int> _near = [];

    [Parameter, EditorRequired]
    public GraphPicture Picture { get; set; } = null!;

    /// <summary>What a file of the picture is called.</summary>
    [Parameter]
    public string Name { get; set; } = "graph";

    /// <summary>All jobs in the order of the spec.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>How many jobs of a group, by its position, have each status.</summary>
    [Parameter]
    public Func<int, IReadOnlyDictionary<JobStatus, int>> CountsOf { get; set; } = _ => new Dictionary<JobStatus, int>();

    /// <summary>How many of these nobody knows any more to be so.</summary>
    [Parameter]
    public Func<int, IReadOnlyDictionary<JobStatus, int>> UnknownOf { get; set; } = _ => StatusCounts.None;

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string?> SelectedChanged { get; set; }

    /// <summary>The name of the selected group; null if none is.</summary>
    [Parameter]
    public string? SelectedGroup { get; set; }

    [Parameter]
    public EventCallback<string> GroupSelected { get; set; }

    /// <summary>Somebody wants to see the jobs of a group.</summary>
    [Parameter]
    public EventCallback<string> GroupOpened { get; set; }

    /// <summary>The statuses that somebody looks for; others are dimmed. Empty for all.</summary>
    [Parameter]
    public IReadOnlySet<JobStatus> Wanted { get; set; } = new HashSet<JobStatus>();

    /// <summary>The positions of jobs that somebody looks for; null for all.</summary>
    [Parameter]
    public IReadOnlySet<int>? Found { get; set; }

    /// <summary>The positions of jobs that decide how long the workflow takes; empty to show none.</summary>
    [Parameter]
    public IReadOnlyList<int> Critical { get; set; } = [];

    /// <summary>Whether the view moves to what runs.</summary>
    [Parameter]
    public bool Follow { get; set; }

    private string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"Graph of {Jobs.Count} jobs{(Picture.Lens == GraphLens.Files ? $" and {Picture.Nodes.Where(node => node.Kind == GraphNodeKind.File).Sum(node => node.Count)} files" : "")}, from {(Picture.IsDownward ? "top to bottom" : "left to right")}");

    // Another drawing has another key, so that the script knows when to fit it.
    private string PictureKey => string.Create(CultureInfo.InvariantCulture, $"{Picture.Nodes.Count} {Picture.Edges.Count} {Picture.Width:0} {Picture.Height:0}");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }
    }

    /// <summary>Moves the view to a job, or to the group in which it is drawn.</summary>
    public async Task ShowAsync(int job)
    {
        if (_script is not null && Picture.NodesOf([job]) is { Count: > 0 } nodes)
        {
            var box = Picture.Nodes[nodes.First()].Box;
            await _script.CallAsync("show", _root, box.X + (box.Width / 2), box.CenterY);
        }
    }

    protected override void OnParametersSet()
    {
        _selected = SelectedNodes();
        _critical = Critical.Count == 0 ? new HashSet<int>() : Picture.NodesOf(Critical);
        _near = [];
        if (_selected.Count > 0)
        {
            foreach (var edge in Picture.Edges.Where(IsNear))
            {
                _near.Add(_selected.Contains(edge.From) ? edge.To : edge.From);
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new JsModule(js, Assets["js/graph.js"]);
            _drawn = Picture;
            await _script.CallAsync("start", _root);
        }
        else if (_drawn != Picture)
        {
            _drawn = Picture;
            await _script!.TryCallAsync("changed", _root);
        }
    }

    private HashSet<int> SelectedNodes()
    {
        if (Selected is not null)
        {
            int position = Jobs.Index().Where(job => job.Item.Name.Equals(Selected, StringComparison.Ordinal)).Select(job => job.Index).FirstOrDefault(-1);
            return position < 0 ? [] : [.. Picture.NodesOf([position])];
        }

        return SelectedGroup is null ? [] : [.. Picture.Nodes.Index().Where(node => node.Item.Kind == GraphNodeKind.Group && node.Item.Name.Equals(SelectedGroup, StringComparison.Ordinal)).Select(node => node.Index)];
    }

    private Task PressAsync(KeyboardEventArgs key, GraphNode node) => (key.Key, node.Kind, key.ShiftKey) switch
    {
        ("Enter", GraphNodeKind.Group, true) => GroupOpened.InvokeAsync(node.Name),
        ("Enter" or " ", GraphNodeKind.Group, _) => GroupSelected.InvokeAsync(node.Name),
        ("Enter" or " ", _, _) => SelectedChanged.InvokeAsync(node.Name),
        _ => Task.CompletedTask,
    };

    private IReadOnlyDictionary<JobStatus, int> Wanting(IReadOnlyDictionary<JobStatus, int> counts) =>
        Wanted.Count == 0 ? counts : counts.Where(count => Wanted.Contains(count.Key)).ToDictionary();

    private bool IsDim(GraphNode node) =>
        (Wanted.Count > 0 && !Wanted.Contains(Jobs[node.Position].Status)) || (Found is not null && !Found.Contains(node.Position));

    private bool IsNear(GraphEdge edge) => _selected.Contains(edge.From) || _selected.Contains(edge.To);

    private bool IsNear(int place) => _near.Contains(place);

    private bool IsSelected(int place) => _selected.Contains(place);

    private bool IsCritical(int place) => _critical.Contains(place);

    private bool IsCritical(GraphEdge edge)
    {
        if (_critical.Count == 0)
        {
            return false;
        }

        // Through a file a path goes on as it does between jobs.
        return (IsOnPath(edge.From) || IsBetween(edge.From)) && (IsOnPath(edge.To) || IsBetween(edge.To));

        bool IsOnPath(int place) => _critical.Contains(place);
        bool IsBetween(int place) => Picture.Nodes[place].Kind is GraphNodeKind.File or GraphNodeKind.UserData
            && Picture.Edges.Any(other => other.To == place && IsOnPath(other.From)) && Picture.Edges.Any(other => other.From == place && IsOnPath(other.To));
    }

    private static string Outline(GraphNode node, StatusLook look) =>
        look.HasCutCorners ? SvgPath.CutBox(node.Box.Width, node.Box.Height) : SvgPath.RoundBox(node.Box.Width, node.Box.Height);

    // A node keeps its size whatever becomes of its job.
    private static string Word(GraphNode node, StatusLook look) =>
        look.ShortWord is { } brief && look.Word.Length * GroupWords.LetterWidth > node.Box.Width - WordFrom ? brief : look.Word;

    private static string At(GraphNode node) => $"translate({N(node.Box.X)} {N(node.Box.Y)})";

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
