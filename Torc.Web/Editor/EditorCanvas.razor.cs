using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Specs.Editing;
using Torc.Web.Graph;
using Torc.Web.Shell;

namespace Torc.Web.Editor;

/// <summary>
/// Draws a document so that it can be changed by hand. Dragging, zooming and choosing happen in the browser alone; the server hears what was done when
/// it is done.
/// </summary>
public sealed partial class EditorCanvas(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _script;
    private DotNetObjectReference<EditorCanvas>? _self;

    [Parameter, EditorRequired]
    public EditorPicture Picture { get; set; } = null!;

    [Parameter]
    public EditorMode Mode { get; set; }

    /// <summary>Keys of things and lines.</summary>
    [Parameter]
    public IReadOnlySet<string> Selected { get; set; } = new HashSet<string>();

    /// <summary>The text cannot be read, and what is shown is what it said before.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public bool IsTooLarge { get; set; }

    /// <summary>What is done on the canvas.</summary>
    [Parameter, EditorRequired]
    public IEditorHand Hand { get; set; } = null!;

    private string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"Canvas with {Picture.Nodes.Count(node => node.Thing.Kind == SpecThingKind.Job)} jobs and {Picture.Nodes.Count(node => node.Thing.Kind != SpecThingKind.Job)} other things");

    /// <summary>The browser calls this with all that is selected now.</summary>
    [JSInvokable]
    public Task SelectAsync(string[] keys) => Hand.SelectAsync(keys);

    /// <summary>The browser calls this when things were put elsewhere; the three lists are of the same length.</summary>
    [JSInvokable]
    public Task MoveAsync(string[] keys, double[] x, double[] y, bool isNudge) =>
        Hand.MoveAsync(keys.Index().ToDictionary(key => key.Item, key => (SpecPlace?)new SpecPlace(x[key.Index], y[key.Index])), isNudge);

    /// <summary>What speaks against connecting a thing with each other thing, by key; what is not named may be connected.</summary>
    [JSInvokable]
    public Task<Dictionary<string, string>> WhyNotAsync(string key, bool isOutput) => Hand.WhyNotAsync(key, isOutput);

    [JSInvokable]
    public Task ConnectAsync(string from, string to, bool isOrderOnly, double left, double top) => Hand.ConnectAsync(from, to, isOrderOnly, left, top);

    /// <summary>A line ended where nothing lies.</summary>
    [JSInvokable]
    public Task DropLineAsync(string key, bool isOutput, double x, double y, double left, double top) => Hand.DropLineAsync(key, isOutput, new SpecPlace(x, y), left, top);

    /// <summary>Something of the palette was put down: <c>job</c>, <c>file</c>, <c>data</c>, <c>any</c>, <c>class/small</c>, <c>handler/again</c>.</summary>
    /// <param name="on">The thing or the line that it was put onto; null for the empty canvas.</param>
    [JSInvokable]
    public Task DropNewAsync(string what, string? on, double x, double y, double left, double top) => Hand.DropNewAsync(what, on, new SpecPlace(x, y), left, top);

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }

        _self?.Dispose();
    }

    /// <summary>Moves the view to a thing, and the keyboard with it.</summary>
    public Task ShowAsync(string key) => _script?.CallAsync("show", _root, key) ?? Task.CompletedTask;

    public Task FitAsync() => _script?.CallAsync("fit", _root) ?? Task.CompletedTask;

    /// <summary>Says something beside the pointer for a moment: why something was not done.</summary>
    public Task SayAsync(string words) => _script?.CallAsync("say", _root, words) ?? Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _script = new JsModule(js, Assets["js/canvas.js"]);
            await _script.CallAsync("start", _root, _self);
        }
    }

    private static string KindOf(EditorNode node) => node.Key[..node.Key.IndexOf('/', StringComparison.Ordinal)];

    private static string Outline(EditorNode node) => node.Thing.Kind switch
    {
        SpecThingKind.Job => SvgPath.RoundBox(node.Box.Width, node.Box.Height),
        SpecThingKind.UserData => SvgPath.Oval(node.Box.Width, node.Box.Height),
        _ => SvgPath.Sheet(node.Box.Width, node.Box.Height),
    };

    // What a pointer that rests on a thing is told is its name for screen readers, too: they do not see the lines.
    private string Words(EditorNode node)
    {
        var before = Picture.Edges.Where(edge => edge.To == node.Thing).Select(edge => edge.From.Name).ToList();
        var after = Picture.Edges.Where(edge => edge.From == node.Thing).Select(edge => edge.To.Name).ToList();
        string kind = node.Thing.Kind switch { SpecThingKind.Job => "Job", SpecThingKind.File => "File", SpecThingKind.Dataset => "Dataset", _ => "User data" };
        return $"{kind} {node.Thing.Name}{(node.Copies > 1 ? $", {node.Copies} copies" : "")}{Listed(", after", before)}{Listed(", before", after)}{(node.Worst is null ? "" : $". {node.Problems}")}";
    }

    private static string Listed(string words, List<string> names) => names.Count == 0 ? "" : $"{words} {string.Join(", ", names)}";

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
