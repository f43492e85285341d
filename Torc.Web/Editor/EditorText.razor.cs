using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Web.Shell;

namespace Torc.Web.Editor;

/// <summary>
/// The text of a draft. It comes to the browser over HTTP, as large as it is; over the connection of the page travel only changes, from here to there and
/// back.
/// </summary>
public sealed partial class EditorText(IJSRuntime js) : IAsyncDisposable
{
    private const int MostMarkers = 200;
    private const int MostMessage = 400;

    private ElementReference _root;
    private JsModule? _script;
    private DotNetObjectReference<EditorText>? _self;
    private IReadOnlyList<Diagnostic>? _marked;
    private int? _shownLine;
    private bool _isStarted;

    [Parameter, EditorRequired]
    public DraftRoom Room { get; set; } = null!;

    /// <summary>Where the selected thing begins, from 1; null if none is selected.</summary>
    [Parameter]
    public int? LineOf { get; set; }

    [Parameter, EditorRequired]
    public EventCallback Undone { get; set; }

    [Parameter, EditorRequired]
    public EventCallback Redone { get; set; }

    /// <summary>The text under the cursor belongs to a thing.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    /// <summary>The browser calls this with what was typed: a piece of the text of a revision, and what stands there now.</summary>
    /// <returns>The revision of the text with it; -1 if there is another text by now.</returns>
    [JSInvokable]
    public Task<int> TypeAsync(int revision, int start, int end, string now) =>
        Task.FromResult(Room.Type(revision, [new TextChange(start, end, now)], this) ? Room.State.Revision : -1);

    [JSInvokable]
    public Task TurnAsync(bool isRedo) => InvokeAsync(() => isRedo ? Redone.InvokeAsync() : Undone.InvokeAsync());

    /// <summary>The browser calls this when somebody went to another line.</summary>
    [JSInvokable]
    public async Task PlaceAsync(int line)
    {
        if (Room.State is { IsCurrent: true } state && SpecGraph.Of(state.Document).Nodes.FirstOrDefault(node => node.Line <= line && line <= node.EndLine) is { } node)
        {
            _shownLine = node.Line;
            await Chosen.InvokeAsync(node.Thing.Key);
        }
    }

    /// <summary>What may be written at a place of the text.</summary>
    [JSInvokable]
    public Task<IReadOnlyList<SpecProposal>> ProposeAsync(int offset) => Task.FromResult(SpecCompletion.At(Room.State.Document, Room.State.Shown, offset));

    public async ValueTask DisposeAsync()
    {
        Room.Changed -= OnChanged;
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }

        _self?.Dispose();
    }

    /// <summary>Waits until all that was typed is here.</summary>
    public Task FlushAsync() => _isStarted ? _script!.CallAsync("flush", _root) : Task.CompletedTask;

    public Task ShowAsync(int line, int column) => _isStarted ? _script!.CallAsync("show", _root, line, column, true) : Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _script = new JsModule(js, Assets["js/spectext.js"]);
            Room.Changed += OnChanged;
            await _script.CallAsync("start", _root, _self, $"api/v1/drafts/{Room.Id}/text", Room.State.Document.FileName);
            _isStarted = true;
        }

        if (!_isStarted)
        {
            return;
        }

        if (_marked != Room.State.Problems)
        {
            _marked = Room.State.Problems;
            await _script!.CallAsync("mark", _root, _marked.Where(problem => problem.Line is not null).Take(MostMarkers).Select(Marker));
        }

        if (LineOf is { } line && line != _shownLine)
        {
            await _script!.CallAsync("show", _root, line, 1, false);
        }

        _shownLine = LineOf;
    }

    private void OnChanged(DraftNews news)
    {
        if (news.By == this)
        {
            return;
        }

        _ = InvokeAsync(async () =>
        {
            if (news.Changes.Count > 0 && _script is not null)
            {
                // What is much comes over HTTP.
                bool isMuch = news.Changes.Sum(change => change.Now.Length) > 4096;
                var changes = isMuch ? null : news.Changes;
                await _script.TryCallAsync("apply", _root, news.State.Revision, changes, news.State.Document.FileName);
            }
        });
    }

    private static object Marker(Diagnostic problem) => new
    {
        problem.Line,
        Column = problem.Column ?? 1,
        EndColumn = problem.EndColumn ?? (problem.Column ?? 1) + 1,
        Severity = problem.Severity.ToString(),
        Message = problem.Message.Length > MostMessage ? $"{problem.Message[..MostMessage]} …" : problem.Message,
        problem.Help,
        problem.Code,
    };
}
