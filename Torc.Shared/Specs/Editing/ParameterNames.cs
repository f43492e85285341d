using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;

namespace Torc.Shared.Specs.Editing;

/// <summary>Finds the places of a parameter in texts: <c>{i}</c>, <c>{i:03d}</c>.</summary>
internal static class ParameterNames
{
    /// <summary>Puts another name there, in all texts of a value.</summary>
    public static IEnumerable<TreeChange> Replace(SpecNode value, SpecPath path, string name, string to) => value switch
    {
        SpecNode.Mapping mapping => mapping.Entries.SelectMany(entry => Replace(entry.Value, path[entry.Key], name, to)),
        SpecNode.Sequence list => list.Items.SelectMany((item, index) => Replace(item, path[index], name, to)),
        SpecNode.Scalar { Kind: ScalarKind.Text } text => InText(text, path, name, to),
        _ => [],
    };

    /// <summary>Whether any text of a value has such a place.</summary>
    public static bool Has(SpecNode value, string name) => value switch
    {
        SpecNode.Mapping mapping => mapping.Entries.Any(entry => Has(entry.Value, name)),
        SpecNode.Sequence list => list.Items.Any(item => Has(item, name)),
        SpecNode.Scalar { Kind: ScalarKind.Text } text => Placeholder.FindAll(text.Text).Any(place => place.Name == name),
        _ => false,
    };

    private static IEnumerable<TreeChange> InText(SpecNode.Scalar text, SpecPath path, string name, string to)
    {
        var places = Placeholder.FindAll(text.Text).Where(place => place.Name == name).ToList();
        if (places.Count == 0)
        {
            yield break;
        }

        string now = text.Text;
        foreach (var place in Enumerable.Reverse(places))
        {
            now = $"{now[..(place.Start + 1)]}{to}{now[(place.Start + 1 + name.Length)..]}";
        }

        // The shell's ${i} has the same letters and stays: then the whole text is written anew.
        var parts = places.Select(place => text.Text[place.Start..place.End]).Distinct().Select(part => (part, $"{{{to}{part[(1 + name.Length)..]}")).ToList();
        bool isSimple = parts.Aggregate(text.Text, (all, part) => all.Replace(part.part, part.Item2, StringComparison.Ordinal)) == now;
        yield return new TreeChange.Replace(path, Nodes.Text(now), isSimple ? parts : null);
    }
}
