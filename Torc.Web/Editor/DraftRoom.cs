using Torc.Shared.Jobs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>
/// A draft that is open: what all pages that show it have in common, so that two tabs of one user write the same text. Every change goes through
/// here, one at a time, and is a step of the history.
/// </summary>
public sealed class DraftRoom
{
    private const string Typed = "text";

    private readonly Lock _door = new();
    private readonly TimeProvider _time;

    public DraftRoom(Draft draft, TimeProvider time)
    {
        (Id, User, _time) = (draft.Id, draft.User, time);
        var document = Settled(draft.ToDocument());
        State = new DraftState(0, document, document, draft.History, document.Reading.Problems, null, draft.Workflow, draft.BaseVersion, draft.Directory, IsKept: true);
    }

    /// <summary>Whatever thread a change was made by.</summary>
    public event Action<DraftNews>? Changed;

    public long Id { get; }

    public string User { get; }

    public DraftState State { get; private set; }

    /// <summary>How many pages show it.</summary>
    public int Pages { get; internal set; }

    /// <summary>Does what somebody did on the canvas or in a field.</summary>
    /// <param name="field">What is typed into: what follows closely in the same is one step. Null for a step of its own.</param>
    /// <param name="moves">Where new things are put, by their keys.</param>
    public SpecEdit Do(SpecOperation operation, object? by, string? field = null, IReadOnlyDictionary<string, SpecPlace?>? moves = null)
    {
        DraftNews? news = null;
        SpecEdit edit;
        lock (_door)
        {
            edit = SpecEditor.Apply(State.Document, operation);
            if (edit is SpecEdit.Done done && (done.Changes.Count > 0 || moves is { Count: > 0 }))
            {
                news = Step(done.After, done.Changes, operation.Title, field, With(moves, operation), by);
            }
        }

        Tell(news);
        return edit;
    }

    /// <summary>Takes what somebody typed into the text.</summary>
    /// <param name="revision">Of the text that was changed.</param>
    /// <returns>False if there is another text by now, or if these are no changes to it: then nothing was done.</returns>
    public bool Type(int revision, IReadOnlyList<TextChange> changes, object? by)
    {
        DraftNews? news;
        lock (_door)
        {
            if (revision != State.Revision || !TextChanges.Fit(State.Document.Text.Length, changes))
            {
                return false;
            }

            news = changes.Count == 0 ? null : Step(State.Document.With(changes), changes, "Type", Typed, null, by);
        }

        Tell(news);
        return true;
    }

    /// <summary>Takes a whole text that somebody typed or pasted.</summary>
    /// <param name="revision">Of the text that was changed.</param>
    /// <returns>False if there is another text by now: then nothing was done.</returns>
    public bool ReplaceTyped(int revision, string text)
    {
        string now = State.Document.Text;
        return Type(revision, TextChanges.Trim(now, [new TextChange(0, now.Length, text)]), by: null);
    }

    /// <summary>Puts a text in place of what is there, as one step.</summary>
    /// <param name="fileName">What the file is called from now on; null if its name stays.</param>
    public void Replace(string text, string title, object? by, string? fileName = null)
    {
        DraftNews? news = null;
        lock (_door)
        {
            var changes = TextChanges.Trim(State.Document.Text, [new TextChange(0, State.Document.Text.Length, text)]);
            if (changes.Count > 0)
            {
                var after = State.Document.With(changes);
                news = Step(fileName is null ? after : after.Named(fileName), changes, title, null, null, by, fileName);
            }
        }

        Tell(news);
    }

    /// <summary>Puts things elsewhere on the canvas.</summary>
    /// <param name="field">As in <see cref="Do"/>.</param>
    public void Move(IReadOnlyDictionary<string, SpecPlace?> moves, string title, string? field, object? by)
    {
        DraftNews? news = null;
        lock (_door)
        {
            if (moves.Count > 0)
            {
                news = Step(State.Document.Moved(moves), [], title, field, moves, by);
            }
        }

        Tell(news);
    }

    /// <returns>What was undone; null if there is nothing to undo.</returns>
    public string? Undo(object? by) => Turn(history => history.Done, (history, document) => history.Undo(document), by);

    /// <returns>What was done again; null if there is nothing.</returns>
    public string? Redo(object? by) => Turn(history => history.Undone, (history, document) => history.Redo(document), by);

    /// <summary>Somebody went to another field: what is typed next is a step of its own.</summary>
    public void CloseStep()
    {
        lock (_door)
        {
            State = State with { History = State.History.Close() };
        }
    }

    /// <summary>It is what a version of a workflow has.</summary>
    /// <param name="revision">Of the text that was saved: what was typed since is not.</param>
    public void MarkSaved(WorkflowId workflow, int version, string directory, int revision)
    {
        DraftNews news;
        lock (_door)
        {
            var history = revision == State.Revision ? State.History.MarkSaved() : State.History;
            State = State with { Workflow = workflow, BaseVersion = version, Directory = directory, History = history, IsKept = false };
            news = new DraftNews(State, [], null);
        }

        Tell(news);
    }

    /// <summary>Somebody looked at the nodes and the files too.</summary>
    public void MarkChecked(int revision, IReadOnlyList<Diagnostic> problems, IReadOnlyList<string> missingInputs) =>
        Mark(state => state.Revision == revision ? state with { Problems = problems, MissingInputs = missingInputs } : null);

    /// <param name="kept">The state that is kept now.</param>
    internal void MarkKept(DraftState kept) => Mark(state =>
        !state.IsKept && (state.Revision, state.History, state.Workflow, state.BaseVersion) == (kept.Revision, kept.History, kept.Workflow, kept.BaseVersion) ? state with { IsKept = true } : null);

    /// <summary>What the rooms know it by.</summary>
    internal object? Opening { get; set; }

    internal Draft ToDraft(DraftState state) => new(
        Id, User, state.Workflow, state.BaseVersion, state.Directory, state.Document.FileName ?? "workflow", state.Document.Text, state.History, state.Document.Places, _time.GetUtcNow());

    private void Mark(Func<DraftState, DraftState?> change)
    {
        DraftNews? news = null;
        lock (_door)
        {
            if (change(State) is { } next)
            {
                State = next;
                news = new DraftNews(next, [], null);
            }
        }

        Tell(news);
    }

    private string? Turn(Func<SpecHistory, IReadOnlyList<SpecStep>> stepsOf, Func<SpecHistory, SpecDocument, (SpecHistory History, SpecDocument Document)?> turn, object? by)
    {
        DraftNews? news;
        string title;
        lock (_door)
        {
            if (turn(State.History, State.Document) is not var (history, document))
            {
                return null;
            }

            var step = stepsOf(State.History)[^1];
            title = step.Title;
            news = Become(document, step.Changes, history, by);
        }

        Tell(news);
        return title;
    }

    private DraftNews Step(SpecDocument after, IReadOnlyList<TextChange> changes, string title, string? field, IReadOnlyDictionary<string, SpecPlace?>? moves, object? by, string? fileName = null)
    {
        var history = State.History.With(State.Document, changes, title, field, _time.GetUtcNow(), moves, fileName);
        return Become(moves is null || changes.Count == 0 ? after : after.Moved(moves), changes, history, by);
    }

    private DraftNews Become(SpecDocument document, IReadOnlyList<TextChange> changes, SpecHistory history, object? by)
    {
        bool isSame = changes.Count == 0;
        document = Settled(document);
        State = State with
        {
            Revision = isSame ? State.Revision : State.Revision + 1,
            Document = document,
            Shown = document.IsReadable ? document : State.Shown,
            History = history,
            Problems = isSame ? State.Problems : document.Reading.Problems,
            IsKept = false,
        };
        return new DraftNews(State, changes, by);
    }

    // What has no place gets one that it keeps, and that is no step: nobody did it.
    private static SpecDocument Settled(SpecDocument document) =>
        document.IsReadable && EditorPlaces.Settle(document) is { Count: > 0 } places ? document.Moved(places) : document;

    // A thing keeps its place under another name, and one that is taken away leaves none behind.
    private Dictionary<string, SpecPlace?>? With(IReadOnlyDictionary<string, SpecPlace?>? moves, SpecOperation operation)
    {
        var all = moves?.ToDictionary() ?? [];
        foreach (var one in operation is SpecOperation.Together together ? together.Operations : [operation])
        {
            switch (one)
            {
                case SpecOperation.Rename { Thing: var thing, To: var to } when State.Document.Places.TryGetValue(thing.Key, out var place):
                    (all[thing.Key], all[(thing with { Name = to }).Key]) = (null, place);
                    break;
                case SpecOperation.Remove { Thing: var thing } when State.Document.Places.ContainsKey(thing.Key):
                    all[thing.Key] = null;
                    break;
                default:
                    break;
            }
        }

        return all.Count == 0 ? null : all;
    }

    private void Tell(DraftNews? news)
    {
        if (news is not null)
        {
            Changed?.Invoke(news);
        }
    }
}
