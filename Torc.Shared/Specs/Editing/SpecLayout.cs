using System.Globalization;
using System.Text.Json;
using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>
/// Places on a canvas as a spec may carry them, for whoever draws it next: <c>x_layout: {job/work1: [120, 60]}</c>. An editor keeps them beside
/// the text and writes them only where it is asked to.
/// </summary>
public static class SpecLayout
{
    private const string Key = "x_layout";

    /// <summary>The places that the text names, by the keys of things; empty if it names none.</summary>
    public static IReadOnlyDictionary<string, SpecPlace> In(SpecDocument document)
    {
        var places = new Dictionary<string, SpecPlace>();
        if (SpecEntries.Find(document.Root, Key) is SpecNode.Mapping layout)
        {
            foreach (var entry in layout.Entries)
            {
                if (entry.Value is SpecNode.Sequence { Items: [SpecNode.Scalar x, SpecNode.Scalar y] } && Number(x) is { } right && Number(y) is { } down)
                {
                    places[entry.Key] = new SpecPlace(right, down);
                }
            }
        }

        return places;
    }

    /// <summary>The text with the places of the document in it, in whole units and the order of their keys; what it named before goes.</summary>
    public static SpecEdit Write(SpecDocument document)
    {
        var places = document.Places.OrderBy(place => place.Key, StringComparer.Ordinal)
            .Select(place => string.Create(CultureInfo.InvariantCulture, $"{Quoted(place.Key)}: [{place.Value.X:0}, {place.Value.Y:0}]"));
        return SpecEditor.Apply(document, new SpecOperation.SetField(SpecThing.Workflow, [Key], $"{{{string.Join(", ", places)}}}"));
    }

    private static string Quoted(string key) => $"\"{JsonEncodedText.Encode(key)}\"";

    private static double? Number(SpecNode.Scalar value) =>
        value.Kind == ScalarKind.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
