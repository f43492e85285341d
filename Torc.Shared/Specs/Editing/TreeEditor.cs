using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>
/// Turns changes of a tree into changes of the text that it was read from. Whatever a notation knows beside plain values, what counts is
/// what the text says when it is read again: if that is not the tree that was wanted, nothing changes.
/// </summary>
internal static class TreeEditor
{
    /// <param name="changes">Each to the tree as those before it leave it.</param>
    /// <returns>The changes of the document's text; or why there are none.</returns>
    public static (IReadOnlyList<TextChange>? Changes, SpecRefusal? Refusal) Edit(SpecDocument document, IReadOnlyList<TreeChange> changes)
    {
        var notation = document.Notation!.Value;
        var (text, read, wanted) = (document.Body, document.Root!, document.Root!);
        IReadOnlyList<TextChange> all = [];
        int done = 0;
        while (done < changes.Count)
        {
            int count = Independent(changes, done);
            var writer = new TreeWriter(new SpecSyntax(text, notation), read);
            var shared = notation == SpecNotation.Yaml && text.Contains('&') ? SharedNodes.In(read) : [];
            var step = new List<TextChange>();
            foreach (var change in changes.Skip(done).Take(count))
            {
                if (SharedOn(change, read, shared) is { } node)
                {
                    return (null, new SpecRefusal.Shared(new SpecText(text).LineOf(node.At.Start)));
                }

                step.AddRange(writer.Write(change));
                wanted = change.Apply(wanted);
            }

            step.Sort((one, other) => (one.Start, one.End).CompareTo((other.Start, other.End)));
            if (!TextChanges.Fit(text.Length, step) || SpecReader.Tree(TextChanges.Apply(text, step), notation) is not { } now)
            {
                return (null, new SpecRefusal.NoRoom());
            }

            all = TextChanges.Then(document.Body, all, step);
            (text, read) = (TextChanges.Apply(text, step), now);
            done += count;
        }

        return AreEqual(wanted, read)
            ? ([.. TextChanges.Trim(document.Body, all).Select(change => change with { Start = change.Start + document.Mark, End = change.End + document.Mark })], null)
            : (null, new SpecRefusal.NoRoom());
    }

    /// <summary>Whether two trees say the same, wherever they stand.</summary>
    public static bool AreEqual(SpecNode one, SpecNode other)
    {
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        switch (one, other)
        {
            case (SpecNode.Scalar left, SpecNode.Scalar right):
                return left.Kind == right.Kind && string.Equals(left.Text, right.Text, StringComparison.Ordinal);
            case (SpecNode.Sequence left, SpecNode.Sequence right):
                return left.Items.Count == right.Items.Count && left.Items.Zip(right.Items).All(pair => AreEqual(pair.First, pair.Second));
            case (SpecNode.Mapping left, SpecNode.Mapping right):
                return left.Entries.Count == right.Entries.Count
                    && left.Entries.Zip(right.Entries).All(pair => string.Equals(pair.First.Key, pair.Second.Key, StringComparison.Ordinal) && AreEqual(pair.First.Value, pair.Second.Value));
            default:
                return false;
        }
    }

    // How many changes can be made to one text, since none is inside a list or object that another makes longer or shorter.
    private static int Independent(IReadOnlyList<TreeChange> changes, int from)
    {
        var changed = new HashSet<string>();
        var around = new HashSet<string>();
        int at = from;
        for (; at < changes.Count; at++)
        {
            string own = changes[at].At.ToString();
            var outer = Outer(changes[at].At).ToList();
            if (changed.Contains(own) || around.Contains(own) || outer.Exists(changed.Contains))
            {
                break;
            }

            changed.Add(own);
            around.UnionWith(outer);
        }

        return Math.Max(1, at - from);
    }

    private static IEnumerable<string> Outer(SpecPath path)
    {
        for (var link = path.Parent; link is not null; link = link.Parent)
        {
            yield return link.ToString();
        }
    }

    // On the way to what changes, and where it changes.
    private static SpecNode? SharedOn(TreeChange change, SpecNode root, HashSet<SpecNode> shared)
    {
        if (shared.Count == 0)
        {
            return null;
        }

        for (var link = change.At; link is not null; link = link.Parent)
        {
            if (link.In(root) is { } node && shared.Contains(node))
            {
                return node;
            }
        }

        return null;
    }
}
