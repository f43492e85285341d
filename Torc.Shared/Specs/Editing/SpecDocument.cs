using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>A spec while it is edited: its text, and what the text says. It never changes; an edit makes another one.</summary>
public sealed class SpecDocument
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly Lazy<Relations?> _relations;

    private SpecDocument(string text, string? fileName)
    {
        (Text, FileName) = (text, fileName);
        Mark = text.StartsWith(ByteOrderMark) ? 1 : 0;
        Body = text[Mark..];
        Reading = SpecReader.Read(Encoding.UTF8.GetBytes(Body), fileName);
        _relations = new Lazy<Relations?>(() => Reading.Bound is { } bound ? new Relations(bound) : null);
    }

    /// <summary>To the last character, a byte order mark among them.</summary>
    public string Text { get; }

    /// <summary>Its ending says the notation, as when it is read; null leaves it to the text.</summary>
    public string? FileName { get; }

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

    public static SpecDocument Of(string text, string? fileName) => new(text, fileName);

    /// <summary>The document after changes to its text.</summary>
    /// <exception cref="ArgumentException">They are not changes to this text.</exception>
    public SpecDocument With(IReadOnlyList<TextChange> changes) => TextChanges.Fit(Text.Length, changes)
        ? new SpecDocument(TextChanges.Apply(Text, changes), FileName)
        : throw new ArgumentException("the changes are not in the text, or not in its order", nameof(changes));
}
