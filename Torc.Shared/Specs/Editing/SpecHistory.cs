using System.Text.Json.Serialization;

namespace Torc.Shared.Specs.Editing;

/// <summary>The steps that made a document what it is, and those that were undone. It never changes; each step makes another one.</summary>
/// <param name="Done">The oldest first.</param>
/// <param name="Undone">The one that is done again first is the last.</param>
/// <param name="Saved">How many steps were done when the document was saved; null if no undoing leads there.</param>
/// <param name="IsClosed">Whether what is typed next is a step of its own, since somebody went to another field.</param>
public sealed record SpecHistory(IReadOnlyList<SpecStep> Done, IReadOnlyList<SpecStep> Undone, int? Saved, bool IsClosed)
{
    /// <summary>The steps that are kept.</summary>
    public const int Depth = 500;

    /// <summary>How long after a step more of it may come.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Of a document that is as it was saved.</summary>
    public static SpecHistory Empty { get; } = new([], [], Saved: 0, IsClosed: false);

    [JsonIgnore]
    public bool CanUndo => Done.Count > 0;

    [JsonIgnore]
    public bool CanRedo => Undone.Count > 0;

    /// <summary>Whether the document is as it was saved.</summary>
    [JsonIgnore]
    public bool IsSaved => Saved == Done.Count;

    /// <summary>Adds what was done to a document.</summary>
    /// <param name="before">The document before it.</param>
    /// <param name="field">What was typed into or moved; null for a step of its own.</param>
    /// <param name="moves">Where things were put, by their keys.</param>
    /// <param name="fileName">What the file is called from now on; null if its name stays.</param>
    public SpecHistory With(
        SpecDocument before, IReadOnlyList<TextChange> changes, string title, string? field, DateTimeOffset now, IReadOnlyDictionary<string, SpecPlace?>? moves = null, string? fileName = null)
    {
        if (changes.Count == 0 && moves is null or { Count: 0 })
        {
            return this;
        }

        var back = moves is { Count: > 0 } ? before.PlacesOf(moves.Keys) : null;
        var inverse = TextChanges.Invert(before.Text, changes);
        int? saved = Saved > Done.Count ? null : Saved;
        if (field is not null && !IsClosed && !IsSaved && Undone.Count == 0 && Done.Count > 0 && Done[^1] is var last && last.Field == field && now - last.At <= Pause)
        {
            string after = TextChanges.Apply(before.Text, changes);
            var both = TextChanges.Trim(after, TextChanges.Then(after, inverse, last.Changes));
            return this with { Done = [.. Done.SkipLast(1), last with { At = now, Changes = both, Moves = Both(last.Moves, back) }] };
        }

        var step = new SpecStep(title, field, now, inverse, back, fileName is null ? null : before.FileName);
        return Done.Count < Depth
            ? new SpecHistory([.. Done, step], [], saved, IsClosed: false)
            : new SpecHistory([.. Done.Skip(Done.Count - Depth + 1), step], [], saved is > 0 ? saved - 1 : null, IsClosed: false);
    }

    /// <returns>Null if there is nothing to undo.</returns>
    public (SpecHistory History, SpecDocument Document)? Undo(SpecDocument document) => Done.Count == 0
        ? null
        : (this with { Done = [.. Done.SkipLast(1)], Undone = [.. Undone, Reversed(Done[^1], document)], IsClosed = true }, Applied(document, Done[^1]));

    /// <returns>Null if there is nothing to do again.</returns>
    public (SpecHistory History, SpecDocument Document)? Redo(SpecDocument document) => Undone.Count == 0
        ? null
        : (this with { Done = [.. Done, Reversed(Undone[^1], document)], Undone = [.. Undone.SkipLast(1)], IsClosed = true }, Applied(document, Undone[^1]));

    /// <summary>Somebody went to another field.</summary>
    public SpecHistory Close() => IsClosed ? this : this with { IsClosed = true };

    public SpecHistory MarkSaved() => this with { Saved = Done.Count };

    private static SpecStep Reversed(SpecStep step, SpecDocument document) =>
        step with { Changes = TextChanges.Invert(document.Text, step.Changes), Moves = step.Moves is { } moves ? document.PlacesOf(moves.Keys) : null, FileName = step.FileName is null ? null : document.FileName };

    private static SpecDocument Applied(SpecDocument document, SpecStep step)
    {
        var changed = document.With(step.Changes);
        changed = step.FileName is { } name ? changed.Named(name) : changed;
        return step.Moves is { } moves ? changed.Moved(moves) : changed;
    }

    // Where things were before the first of two moves.
    private static IReadOnlyDictionary<string, SpecPlace?>? Both(IReadOnlyDictionary<string, SpecPlace?>? first, IReadOnlyDictionary<string, SpecPlace?>? second) =>
        (first, second) switch
        {
            (null, _) => second,
            (_, null) => first,
            _ => first.Concat(second.Where(move => !first.ContainsKey(move.Key))).ToDictionary(),
        };
}
