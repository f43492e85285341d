using System.Collections.Immutable;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>A spec while it is edited: its text, and what the text says. It never changes; an edit makes another one.</summary>
public sealed class SpecDocument
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly Lazy<Relations?> _relations;

    private SpecDocument(string text, string? fileName, ImmutableDictionary<string, SpecPlace> places)
    {
        (Text, FileName, Places) = (text, fileName, places);
        Mark = text.StartsWith(ByteOrderMark) ? 1 : 0;
        Body = text[Mark..];
        Reading = SpecReader.Read(Encoding.UTF8.GetBytes(Body), fileName);
        _relations = new Lazy<Relations?>(() => Reading.Bound is { } bound ? new Relations(bound) : null);
    }

    private SpecDocument(SpecDocument same, ImmutableDictionary<string, SpecPlace> places)
    {
        (Text, FileName, Mark, Body, Reading, _relations) = (same.Text, same.FileName, same.Mark, same.Body, same.Reading, same._relations);
        Places = places;
    }

    /// <summary>To the last character, a byte order mark among them.</summary>
    public string Text { get; }

    /// <summary>Its ending says the notation, as when it is read; null leaves it to the text.</summary>
    public string? FileName { get; }

    /// <summary>Where things lie on a canvas, by their keys: beside the text, which says nothing of it. What was never moved is not in it.</summary>
    public ImmutableDictionary<string, SpecPlace> Places { get; }

    /// <summary>What the text says, and what is wrong with it.</summary>
    public SpecReading Reading { get; }

    /// <summary>Null for an empty text.</summary>
    public SpecNotation? Notation => Reading.Notation;

    /// <summary>Whether the text keeps to the rules of its notation, so that there is something to show.</summary>
    public bool IsReadable => Reading.Root is not null;

    /// <summary>How long the byte order mark is: places in the tree count from behind it.</summary>
    internal int Mark { get; }

    internal string Body { get; }

    internal SpecNode? Root => Reading.Root;

    /// <summary>Who needs, produces and waits for what; null if that cannot be said.</summary>
    internal Relations? Relations => _relations.Value;

    public static SpecDocument Of(string text, string? fileName) => new(text, fileName, ImmutableDictionary<string, SpecPlace>.Empty);

    /// <summary>The document after changes to its text.</summary>
    /// <exception cref="ArgumentException">They are not changes to this text.</exception>
    public SpecDocument With(IReadOnlyList<TextChange> changes) => TextChanges.Fit(Text.Length, changes)
        ? changes.Count == 0 ? this : new SpecDocument(TextChanges.Apply(Text, changes), FileName, Places)
        : throw new ArgumentException("the changes are not in the text, or not in its order", nameof(changes));

    /// <summary>The same text in a file of another name, whose ending may say another notation.</summary>
    public SpecDocument Named(string fileName) => new(Text, fileName, Places);

    /// <summary>The same text with things at other places.</summary>
    /// <param name="moves">By key; null takes what is known of a place away.</param>
    public SpecDocument Moved(IReadOnlyDictionary<string, SpecPlace?> moves)
    {
        var places = Places.ToBuilder();
        foreach (var (key, place) in moves)
        {
            if (place is { } known)
            {
                places[key] = known;
            }
            else
            {
                places.Remove(key);
            }
        }

        return new SpecDocument(this, places.ToImmutable());
    }

    /// <summary>What takes moves of this document back.</summary>
    internal IReadOnlyDictionary<string, SpecPlace?> PlacesOf(IEnumerable<string> keys) =>
        keys.ToDictionary(key => key, key => Places.TryGetValue(key, out var place) ? place : (SpecPlace?)null);
}
