using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Specs.Notations;
using Torc.Web.Reruns;
using Torc.Web.Shell;

namespace Torc.Web.Editor;

/// <summary>A draft as a drawing, a form and a text. All three change the same text, which is the only truth.</summary>
public sealed partial class EditorPage(DraftRooms rooms, IDraftDesk desk, ISuggestionDesk suggestions, NavigationManager navigation, IJSRuntime js) : IAsyncDisposable
{
    // More would make a long address of what nobody passes on.
    private const int MostInAddress = 20;
    private const double CopyOffset = 42;

    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<string> _selected = [];
    private string[] _addressed = [];
    private ElementReference _root;
    private JsModule? _script;
    private DotNetObjectReference<EditorPage>? _self;
    private EditorCanvas? _canvas;
    private EditorText? _text;
    private DraftRoom? _room;
    private DraftState? _state;
    private DraftState? _drawn;
    private EditorMode _drawnMode;
    private EditorPicture _picture = new([], []);
    private EditorAsk? _ask;
    private (string Title, string Before)? _difference;
    private int? _conflict;
    private (int Revision, string? Directory)? _lastChecked;
    private EditorUses _uses = new([]);
    private string? _askRefusal;
    private string? _refusal;
    private bool _isTooLarge;
    private bool _isMissing;
    private bool _isSaving;
    private bool _isAskedToDiscard;

    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewName { get; set; }

    [SupplyParameterFromQuery(Name = "mode")]
    public string? ModeName { get; set; }

    [SupplyParameterFromQuery(Name = "select")]
    public string[]? Wanted { get; set; }

    private EditorView View => ViewName switch { "text" => EditorView.Text, "canvas" => EditorView.Canvas, _ => EditorView.Split };

    private EditorMode Mode => ModeName is "jobs" ? EditorMode.Jobs : EditorMode.Files;

    private bool CanEdit => _state is { IsCurrent: true } && Importable is null;

    // Also of a spec whose graph cannot be built.
    private string Name => _state!.Shown.Reading.Name ?? SpecReader.NameIn(_state.Shown.Text, _state.Shown.FileName) ?? _state.Document.FileName ?? "Draft";

    // What is only read: there is no canvas for it until it is converted.
    private string? Importable => _state?.Document.FileName is { } file ? Path.GetExtension(file) switch { ".kdl" => "KDL", ".txt" => "A file of commands", _ => null } : null;

    private string Standing => (_state!.IsKept, _state.History.IsSaved, _state.BaseVersion) switch
    {
        (false, _, _) => "keeping…",
        (_, true, { } version) => string.Create(CultureInfo.InvariantCulture, $"saved as v{version}"),
        (_, _, { } version) => string.Create(CultureInfo.InvariantCulture, $"draft kept, changed since v{version}"),
        _ => "draft kept",
    };

    private (string Button, string Title) SaveWords => _state!.Errors > 0
        ? ("Save draft", $"The draft is kept. A version can be made of it when {(_state.Errors == 1 ? "its error is" : "its errors are")} mended.")
        : ("Save version", "Make a version of the workflow (Ctrl+S)");

    private string? WhyNotRun => _state!.Errors switch
    {
        0 => null,
        1 => "One error must be mended first.",
        var errors => string.Create(CultureInfo.InvariantCulture, $"{errors} errors must be mended first."),
    };

    private string FirstError => _state!.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error) is { } first
        ? $"{(first.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"Line {line}: ") : "")}{first.Message}."
        : "";

    private int? LineOfSelected => _selected.Count == 1 && SpecThing.OfKey(_selected.First()) is { } thing
        ? SpecGraph.Of(_state!.Shown).Nodes.FirstOrDefault(node => node.Thing == thing)?.Line
        : null;

    // One thing alone has no layers.
    private bool IsSelectionArranged => SelectedThings.Skip(1).Any();

    private EditorEdge? EdgeSelected => _selected.Count == 1 ? _picture.Edges.FirstOrDefault(edge => _selected.Contains($"{edge.From.Key}>{edge.To.Key}")) : null;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_room is not null)
        {
            _room.Changed -= OnChanged;
            rooms.Leave(_room);
        }

        if (_script is not null)
        {
            await _script.TryCallAsync("stop");
            await _script.DisposeAsync();
        }

        _self?.Dispose();
        _closing.Dispose();
    }

    /// <summary>The browser calls this for a key of the editor.</summary>
    [JSInvokable]
    public Task PressAsync(string action) => action switch
    {
        "undo" => Run(Undo),
        "redo" => Run(Redo),
        "layout" => Run(Arrange),
        "delete" => DeleteAsync(),
        "duplicate" => DuplicateAsync(),
        "save" => SaveAsync(),
        "run" => WhyNotRun is null ? RunAsync() : Task.CompletedTask,
        _ => Task.CompletedTask,
    };

    /// <summary>The browser calls this for what is to be in the clipboard: the selected things as JSON of a spec; null if there are none.</summary>
    [JSInvokable]
    public Task<string?> CopyAsync() => Task.FromResult(SpecClip.Copy(_state!.Shown, SelectedThings));

    /// <summary>The browser calls this with what was in the clipboard.</summary>
    [JSInvokable]
    public Task PasteAsync(string json) => AddCopiesAsync(new SpecOperation.Paste(json), SpecClip.NewNames(_state!.Document, json));

    public Task SelectAsync(IReadOnlyList<string> keys)
    {
        Select(keys);
        StateHasChanged();
        return Task.CompletedTask;
    }

    public Task MoveAsync(IReadOnlyDictionary<string, SpecPlace?> moves, bool isNudge) => Run(() =>
    {
        string names = moves.Count == 1 ? moves.Keys.First() : string.Create(CultureInfo.InvariantCulture, $"{moves.Count} things");
        _room!.Move(moves, $"Move {names[(names.IndexOf('/', StringComparison.Ordinal) + 1)..]}", isNudge ? $"place {string.Join(' ', moves.Keys.Order())}" : null, this);
    });

    public Task<Dictionary<string, string>> WhyNotAsync(string key, bool isOutput)
    {
        var document = _state!.Shown;
        if (SpecThing.OfKey(key) is not { } from)
        {
            return Task.FromResult(new Dictionary<string, string>());
        }

        return Task.FromResult(_picture.Nodes
            .Where(node => node.Thing != from)
            .Select(node => (node.Key, Why: isOutput ? SpecEditor.WhyNotConnect(document, from, node.Thing) : SpecEditor.WhyNotConnect(document, node.Thing, from)))
            .Where(node => node.Why is not null)
            .ToDictionary(node => node.Key, node => node.Why!.Why));
    }

    public async Task ConnectAsync(string from, string to, bool isOrderOnly, double left, double top)
    {
        if (SpecThing.OfKey(from) is not { } one || SpecThing.OfKey(to) is not { } other)
        {
            return;
        }

        if (!isOrderOnly && (one.Kind, other.Kind) is (SpecThingKind.Job, SpecThingKind.Job))
        {
            Ask(EditorAsks.BetweenJobs(_state!.Document, one, other, left, top));
            return;
        }

        await DoAsync(new SpecOperation.Connect(one, other));
    }

    public Task DropLineAsync(string key, bool isOutput, SpecPlace at, double left, double top) => Run(() =>
    {
        if (SpecThing.OfKey(key) is { } from)
        {
            Ask(EditorAsks.FromThing(_state!.Document, from, isOutput, Upper(at), left, top));
        }
    });

    public async Task DropNewAsync(string what, string? on, SpecPlace at, double left, double top)
    {
        var thing = on is null ? null : SpecThing.OfKey(on);
        switch (what.Split('/', 2))
        {
            case ["class", var name] when (thing ?? OnlySelected) is { Kind: SpecThingKind.Job } job:
                await DoAsync(new SpecOperation.Assign(job.Name, name));
                return;
            case ["handler", var name] when (thing ?? OnlySelected) is { Kind: SpecThingKind.Job } job:
                await DoAsync(new SpecOperation.AssignHandler(job.Name, name));
                return;
            case ["class" or "handler", ..]:
                await SayAsync("Drop it on a job, or select one first.");
                return;
            case ["path", var path]:
                Ask(EditorAsks.Add(_state!.Document, SpecThingKind.File, Upper(at), left, top, Path.GetFileNameWithoutExtension(path)) with
                {
                    Make = name => (new SpecOperation.AddFile(name, path), SpecThing.File(name)),
                });
                break;
            case ["job"] when on?.Split('>') is [var from, var to] && SpecThing.OfKey(from) is { IsArtifact: true } needed && SpecThing.OfKey(to) is { Kind: SpecThingKind.Job } consumer:
                Ask(EditorAsks.Insert(_state!.Document, needed, consumer, Upper(at), left, top));
                break;
            case ["any"]:
                Ask(EditorAsks.Any(_state!.Document, Upper(at), left, top));
                break;
            case ["sweep"]:
                Ask(EditorAsks.Sweep(_state!.Document, Upper(at), left, top));
                break;
            default:
                Ask(EditorAsks.Add(_state!.Document, what switch { "job" => SpecThingKind.Job, "file" => SpecThingKind.File, _ => SpecThingKind.UserData }, Upper(at), left, top));
                break;
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _room = await rooms.EnterAsync(Id, Environment.UserName);
        if (_room is null)
        {
            _isMissing = true;
            return;
        }

        _addressed = Wanted ?? [];
        Select(_addressed);
        _room.Changed += OnChanged;
        Show(_room.State);
        if (_room.State.Workflow is { } workflow)
        {
            _uses = new EditorUses(await suggestions.JobsAsync(workflow, _closing.Token) ?? []);
        }
    }

    protected override void OnParametersSet()
    {
        if (_room is not null && _room.Id != Id)
        {
            // Another draft is another page, though the same component would show it.
            navigation.NavigateTo(navigation.Uri, forceLoad: true);
        }
        else if (_state is not null)
        {
            Show(_state);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_state is not null && _script is null)
        {
            _self = DotNetObjectReference.Create(this);
            _script = new JsModule(js, Assets["js/editor.js"]);
            await _script.CallAsync("start", _root, _self);
        }

        if (_state is { } state && _lastChecked != (state.Revision, state.Directory))
        {
            _lastChecked = (state.Revision, state.Directory);
            await CheckAsync(state);
        }
    }

    // Whoever typed last is told; a check that is overtaken by another change is of no use.
    private async Task CheckAsync(DraftState state)
    {
        try
        {
            var reading = await Task.Run(() => desk.CheckAsync(state, _closing.Token), _closing.Token);
            _room!.MarkChecked(state.Revision, reading.Problems, reading.MissingInputs);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private void OnChanged(DraftNews news) => _ = InvokeAsync(() =>
    {
        if (!_closing.IsCancellationRequested)
        {
            Show(_room!.State);
            StateHasChanged();
        }
    });

    private void Show(DraftState state)
    {
        bool isNew = _drawn is null || _drawnMode != Mode || !ReferenceEquals(_drawn.Shown, state.Shown) || _drawn.Problems != state.Problems || _drawn.MissingInputs != state.MissingInputs;
        _state = state;
        if (!isNew)
        {
            return;
        }

        (_drawn, _drawnMode) = (state, Mode);
        _picture = EditorPicture.Draw(state.Shown, Mode, state.IsCurrent ? state.Problems : [], state.MissingInputs);
        _isTooLarge = _picture.Nodes.Count == 0 && SpecGraph.Of(state.Shown).Nodes.Count > EditorPicture.MostNodes;
    }

    private void Ask(EditorAsk? ask)
    {
        (_ask, _askRefusal) = (ask, null);
        StateHasChanged();
    }

    private void Select(IEnumerable<string> keys)
    {
        _room?.CloseStep();
        _selected.Clear();
        _selected.UnionWith(keys);
        // Whoever copies the address, or comes back to it, has the same selected.
        string[] told = _selected.Count <= MostInAddress ? [.. _selected] : [];
        if (_state is not null && !told.SequenceEqual(_addressed))
        {
            _addressed = told;
            Go("select", told);
        }
    }

    private SpecThing? OnlySelected => _selected.Count == 1 ? SpecThing.OfKey(_selected.First()) : null;

    /// <summary>Somebody chose a thing elsewhere than on the canvas.</summary>
    private async Task ChooseAsync(string key)
    {
        Select([key]);
        StateHasChanged();
        if (_canvas is not null)
        {
            await _canvas.ShowAsync(key);
        }
    }

    private Task ChooseInTextAsync(string key) => _selected.SetEquals([key]) ? Task.CompletedTask : SelectAsync([key]);

    private async Task AnswerAsync((SpecOperation Operation, SpecThing? New) answer)
    {
        var at = _ask?.At;
        var moves = answer.New is { } made && at is { } place
            ? new Dictionary<string, SpecPlace?> { [made.Key] = EditorPlaces.Free(_state!.Document, place) }
            : null;
        if (_room!.Do(answer.Operation, this, moves: moves) is SpecEdit.Refused refused)
        {
            // The question stays, so that another name can be given.
            _askRefusal = refused.Why;
            return;
        }

        Ask(null);
        if (answer.New is { } thing)
        {
            await ChooseAsync(thing.Key);
        }
    }

    private async Task DoAsync(SpecOperation operation)
    {
        if (_room!.Do(operation, this) is SpecEdit.Refused refused)
        {
            await SayAsync(refused.Why);
        }
    }

    private async Task SayAsync(string words)
    {
        if (_canvas is not null)
        {
            await _canvas.SayAsync(words);
        }
        else
        {
            _refusal = words;
        }
    }

    private async Task DeleteAsync()
    {
        var operations = _selected.Select(Deletion).OfType<SpecOperation>().ToList();
        if (!CanEdit || operations.Count == 0)
        {
            return;
        }

        await DoAsync(operations is [var only] ? only : new SpecOperation.Together(string.Create(CultureInfo.InvariantCulture, $"Remove {operations.Count} things"), operations));
        if (_selected.All(key => _room!.State.Document.Places.ContainsKey(key) is false))
        {
            Select([]);
        }
    }

    private static SpecOperation? Deletion(string key) => key.Split('>') switch
    {
        [var one] when SpecThing.OfKey(one) is { } thing => new SpecOperation.Remove(thing),
        [var from, var to] when SpecThing.OfKey(from) is { } one && SpecThing.OfKey(to) is { } other => new SpecOperation.Disconnect(one, other),
        _ => null,
    };

    private List<SpecThing> SelectedThings => [.. _selected.Select(SpecThing.OfKey).OfType<SpecThing>()];

    private Task DuplicateAsync()
    {
        var things = SpecClip.WithProducts(_state!.Document, SelectedThings);
        return SpecClip.Copy(_state.Document, things) is { } json
            ? AddCopiesAsync(new SpecOperation.Duplicate(things), SpecClip.NewNames(_state.Document, json))
            : Task.CompletedTask;
    }

    // Copies lie a little below what they are copies of, and are selected.
    private async Task AddCopiesAsync(SpecOperation operation, IReadOnlyDictionary<SpecThing, SpecThing> names)
    {
        if (!CanEdit)
        {
            return;
        }

        var moves = names.Where(name => _state!.Document.Places.ContainsKey(name.Key.Key))
            .ToDictionary(name => name.Value.Key, name => (SpecPlace?)new SpecPlace(_state!.Document.Places[name.Key.Key].X + CopyOffset, _state.Document.Places[name.Key.Key].Y + CopyOffset));
        if (_room!.Do(operation, this, moves: moves) is SpecEdit.Refused refused)
        {
            await SayAsync(refused.Why);
            return;
        }

        Select(names.Values.Select(thing => thing.Key));
        StateHasChanged();
    }

    private void Undo() => _room!.Undo(this);

    private void Redo() => _room!.Redo(this);

    private void GoTo(int back)
    {
        for (int step = 0; step < Math.Abs(back); step++)
        {
            _ = back > 0 ? _room!.Undo(this) : _room!.Redo(this);
        }
    }

    private void Arrange()
    {
        if (!CanEdit)
        {
            return;
        }

        if (IsSelectionArranged)
        {
            _room!.Move(EditorPlaces.Arrange(_state!.Document, _selected), "Auto-layout of the selection", null, this);
        }
        else
        {
            _room!.Move(EditorPlaces.Arrange(_state!.Document), "Auto-layout", null, this);
            _ = InvokeAsync(async () => await (_canvas?.FitAsync() ?? Task.CompletedTask));
        }
    }

    private void Convert()
    {
        switch (SpecConversion.Convert(_state!.Document, SpecNotation.Json))
        {
            case SpecEdit.Done done:
                _room!.Replace(done.Text, "Convert to JSON", this, done.After.FileName);
                break;
            case SpecEdit.Refused refused:
                _refusal = refused.Why;
                break;
        }
    }

    private async Task<bool> SaveAsync(int? over)
    {
        var state = _room!.State;
        if (state.Errors > 0)
        {
            return false;
        }

        (_isSaving, _refusal, _conflict, _difference) = (true, null, null, null);
        StateHasChanged();
        try
        {
            switch (await desk.SaveAsync(state, over, _closing.Token))
            {
                case DraftSaving.Done done:
                    _room.MarkSaved(done.Workflow, done.Version, done.Directory, state.Revision);
                    return true;
                case DraftSaving.Conflict conflict:
                    _conflict = conflict.Newest;
                    return false;
                case DraftSaving.Refused refused:
                    _refusal = refused.Why;
                    return false;
                default:
                    return false;
            }
        }
        catch (Exception trouble) when (trouble is IOException or InvalidOperationException)
        {
            _refusal = $"The version was not saved: {trouble.Message}. The draft is kept; try again.";
            return false;
        }
        finally
        {
            _isSaving = false;
        }
    }

    private async Task SaveAsync()
    {
        await (_text?.FlushAsync() ?? Task.CompletedTask);
        await SaveAsync(_state!.BaseVersion);
        StateHasChanged();
    }

    private async Task RunAsync()
    {
        await (_text?.FlushAsync() ?? Task.CompletedTask);
        if (_room!.State is { History.IsSaved: false } or { Workflow: null } && !await SaveAsync(_state!.BaseVersion))
        {
            StateHasChanged();
            return;
        }

        var workflow = _room.State.Workflow!.Value;
        // What ran before says first what would run again.
        bool isStarted = await desk.StartAsync(workflow, _closing.Token) is null;
        navigation.NavigateTo(string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow}{(isStarted ? "" : "/runs")}"));
    }

    private Task KeepMineAsync() => _conflict is { } newest ? SaveAsync(newest) : Task.CompletedTask;

    private async Task CompareWithBaseAsync()
    {
        if (_difference is not null)
        {
            _difference = null;
        }
        else if (_state!.BaseVersion is { } version)
        {
            await CompareAsync(version, string.Create(CultureInfo.InvariantCulture, $"What differs from version {version}"));
        }
    }

    private Task CompareWithTheirsAsync() => CompareAsync(null, "What differs in yours");

    private async Task CompareAsync(int? version, string title)
    {
        if (_state!.Workflow is { } workflow)
        {
            _difference = await desk.VersionAsync(workflow, version, _closing.Token) is { } found ? (title, found.Text) : null;
        }
    }

    private async Task TakeTheirsAsync()
    {
        if (_state!.Workflow is { } workflow && await desk.VersionAsync(workflow, version: null, _closing.Token) is { } newest)
        {
            _room!.Replace(newest.Text, string.Create(CultureInfo.InvariantCulture, $"Take version {newest.Version}"), this, newest.FileName);
            _room.MarkSaved(workflow, newest.Version, newest.Directory, _room.State.Revision);
            (_conflict, _difference) = (null, null);
        }
    }

    private void DiscardAsync() => _isAskedToDiscard = true;

    private async Task ForgetAsync()
    {
        var workflow = _state!.Workflow;
        await rooms.RemoveAsync(Id, _closing.Token);
        navigation.NavigateTo(workflow is { } id ? $"workflows/{id}" : "new");
    }

    private async Task ShowProblemAsync(Diagnostic problem)
    {
        if (problem.Line is { } line && _text is not null)
        {
            await _text.ShowAsync(line, problem.Column ?? 1);
        }

        if (EditorPicture.ThingAt(_state!.Shown, problem.Path) is { } thing)
        {
            Select([thing.Key]);
        }
    }

    private void Go(string name, params string[] values) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = values.Length == 0 ? null : values }), replace: true);

    // New things are put with their middle under the pointer.
    private static SpecPlace Upper(SpecPlace at) => new(at.X - 84, at.Y - 30);

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
