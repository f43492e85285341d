using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>How the author of a document writes what is like that which is to be added.</summary>
/// <param name="KeyQuote">NUL for none.</param>
/// <param name="TextQuote">NUL for none, where the notation allows that.</param>
/// <param name="IsPadded">Whether spaces stand inside brackets: <c>{ a: 1 }</c>.</param>
/// <param name="HasLastComma">Whether a comma follows the last of several lines.</param>
/// <param name="Step">The blanks from a list or object to what it holds.</param>
/// <param name="ListStep">The same from a key of YAML to the dashes of its list; may be none.</param>
/// <param name="ListsInLines">Whether YAML writes short lists with dashes.</param>
/// <param name="ObjectsInLines">Whether YAML writes objects with a line for each key.</param>
internal sealed record SpecStyle(char KeyQuote, char TextQuote, bool IsPadded, bool HasLastComma, string Step, string ListStep, bool ListsInLines, bool ObjectsInLines)
{
    private const string DefaultStep = "  ";

    // Enough to see how an author writes.
    private const int Few = 100;

    /// <param name="near">The list or object that something is added to.</param>
    public static SpecStyle Near(SpecSyntax syntax, SpecNode root, SpecNode near)
    {
        var sample = Sample(near) ?? (root as SpecNode.Mapping);
        var list = near as SpecNode.Sequence;
        char keyQuote = syntax.IsJson ? '"' : sample?.OwnEntries > 0 ? Quote(syntax, sample.Entries[0].KeyAt.Start) : FirstKeyQuote(syntax, root);
        string listStep = StepOf(syntax, root);
        return new SpecStyle(
            keyQuote, TextQuoteOf(syntax, root, sample, list), IsPaddedLike(syntax, root, near, sample), EndsWithComma(syntax, near) ?? EndsWithComma(syntax, root) ?? false,
            listStep.Length == 0 ? DefaultStep : listStep, listStep, PrefersLines(syntax, root, sample, IsShortList), PrefersLines(syntax, root, sample, IsObject));
    }

    private static SpecNode.Mapping? Sample(SpecNode near) => near switch
    {
        SpecNode.Mapping { OwnEntries: > 0 } mapping => mapping,
        SpecNode.Sequence list => list.Items.OfType<SpecNode.Mapping>().LastOrDefault(item => item.OwnEntries > 0),
        _ => null,
    };

    private static char Quote(SpecSyntax syntax, int at) => syntax.PeekAt(at) is '"' or '\'' ? syntax.PeekAt(at) : '\0';

    private static char FirstKeyQuote(SpecSyntax syntax, SpecNode root) => root is SpecNode.Mapping { OwnEntries: > 0 } top ? Quote(syntax, top.Entries[0].KeyAt.Start) : '\0';

    private static char TextQuoteOf(SpecSyntax syntax, SpecNode root, SpecNode.Mapping? sample, SpecNode.Sequence? list)
    {
        if (syntax.IsJson || syntax.IsKdl)
        {
            return '"';
        }

        var inList = list?.Items.OfType<SpecNode.Scalar>().Where(item => item.Kind == ScalarKind.Text).ToList();
        if (inList is { Count: > 0 })
        {
            return Quote(syntax, inList[^1].At.Start);
        }

        var beside = Texts(sample);
        if (syntax.IsYaml)
        {
            var quotes = beside.Select(text => Quote(syntax, text.At.Start)).Distinct().ToList();
            return quotes.Count == 1 && beside.Count > 1 ? quotes[0] : '\0';
        }

        return beside.Concat(Texts(root as SpecNode.Mapping)).Select(text => Quote(syntax, text.At.Start)).FirstOrDefault(quote => quote != '\0', '"');
    }

    private static List<SpecNode.Scalar> Texts(SpecNode.Mapping? mapping) => mapping is null
        ? []
        : [.. mapping.Entries.Take(mapping.OwnEntries).Select(entry => entry.Value).OfType<SpecNode.Scalar>().Where(text => text.Kind == ScalarKind.Text)];

    // An object that begins with a line break shows nothing of those on one line.
    private static bool IsPaddedLike(SpecSyntax syntax, SpecNode root, SpecNode near, SpecNode.Mapping? sample)
    {
        var lists = (root as SpecNode.Mapping)?.Entries.Select(entry => entry.Value).OfType<SpecNode.Sequence>() ?? [];
        var like = new[] { near, sample }.Concat(Values(sample, IsObject)).Concat(lists.SelectMany(list => list.Items.Take(Few)))
            .OfType<SpecNode.Mapping>()
            .FirstOrDefault(node => syntax.IsBracketed(node) && !IsEmpty(node) && syntax.PeekAt(node.At.Start + 1) is not ('\n' or '\r'));
        return like is not null && syntax.PeekAt(like.At.Start + 1) == ' ';
    }

    private static bool IsEmpty(SpecNode node) => node is SpecNode.Sequence { Items.Count: 0 } or SpecNode.Mapping { Entries.Count: 0 };

    private static bool? EndsWithComma(SpecSyntax syntax, SpecNode node)
    {
        if (syntax.IsJson || !syntax.IsBracketed(node) || IsEmpty(node))
        {
            return null;
        }

        int end = node is SpecNode.Sequence list ? syntax.Items(list)[^1].End : syntax.Entries((SpecNode.Mapping)node)[^1].End;
        return syntax.AfterComma(end) > end;
    }

    private static string StepOf(SpecSyntax syntax, SpecNode root)
    {
        if (root is not SpecNode.Mapping top || top.OwnEntries == 0)
        {
            return DefaultStep;
        }

        string outer = syntax.Indentation(top.Entries[0].KeyAt.Start);
        if (syntax.IsBracketed(root))
        {
            return outer.Length > 0 && syntax.IsFirstOnLine(top.Entries[0].KeyAt.Start) ? outer : DefaultStep;
        }

        // In YAML the first thing that is indented shows it.
        var inner = top.Entries.Take(top.OwnEntries).Select(entry => entry.Value).OfType<SpecNode.Sequence>().FirstOrDefault(list => list.Items.Count > 0 && !syntax.IsBracketed(list));
        return inner is null ? DefaultStep : syntax.Indentation(inner.At.Start)[outer.Length..];
    }

    private static bool PrefersLines(SpecSyntax syntax, SpecNode root, SpecNode.Mapping? sample, Func<SpecNode, bool> isLike)
    {
        var jobs = SpecEntries.Find(root, "jobs") as SpecNode.Sequence;
        var all = Values(sample, isLike).Concat(jobs?.Items.Take(Few).SelectMany(job => Values(job as SpecNode.Mapping, isLike)) ?? []);
        return all.FirstOrDefault() is { } first && !syntax.IsBracketed(first);
    }

    private static IEnumerable<SpecNode> Values(SpecNode.Mapping? mapping, Func<SpecNode, bool> isLike) =>
        mapping?.Entries.Take(mapping.OwnEntries).Select(entry => entry.Value).Where(isLike) ?? [];

    private static bool IsShortList(SpecNode node) => node is SpecNode.Sequence { Items: [SpecNode.Scalar, ..] };

    private static bool IsObject(SpecNode node) => node is SpecNode.Mapping { Entries.Count: > 0 };
}
