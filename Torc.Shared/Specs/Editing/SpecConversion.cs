using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>Writes a document in another notation, so that it can be edited. Like any edit it can be undone, to the comments that it does not keep.</summary>
public static class SpecConversion
{
    /// <param name="to">JSON, JSON5 or YAML.</param>
    /// <returns>The new document has another file name: its old one with the ending of the notation.</returns>
    public static SpecEdit Convert(SpecDocument document, SpecNotation to)
    {
        // Plain JSON is JSON5 too, and the least surprising to read.
        var (notation, ending) = to switch
        {
            SpecNotation.Json => (SpecNotation.Json, ".json"),
            SpecNotation.Json5 => (SpecNotation.Json, ".json5"),
            SpecNotation.Yaml => (SpecNotation.Yaml, ".yaml"),
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, "specs are written as JSON, JSON5 or YAML"),
        };
        if (document.Reading.Write(notation) is not { } text)
        {
            var problem = document.Reading.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error);
            return new SpecEdit.Refused(document.IsReadable && problem is not null ? new SpecRefusal.Unconverted(problem) : new SpecRefusal.Unreadable(problem));
        }

        var changes = TextChanges.Trim(document.Text, [new TextChange(0, document.Text.Length, text)]);
        return new SpecEdit.Done(document, SpecDocument.Of(text, Path.ChangeExtension(document.FileName ?? "workflow", ending)), changes);
    }
}
