using System.Globalization;
using System.Text.RegularExpressions;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Chooses names and paths for what comes into a document, so that nothing there has them already.</summary>
internal sealed class ClipNames(SpecDocument document)
{
    private static readonly Regex Numbered = new(@"^(?<stem>.+)_[1-9][0-9]{0,5}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline);

    /// <summary>What each thing of a clip is to be called.</summary>
    public Dictionary<SpecThing, SpecThing> Of(SpecNode clip)
    {
        var names = new Dictionary<SpecThing, SpecThing>();
        foreach (var kind in Enum.GetValues<SpecThingKind>().Where(kind => kind != SpecThingKind.Workflow))
        {
            var own = SpecEntries.Of(clip, kind).Select(entry => Composition.Compose(entry.Name)).Where(name => name.Length > 0).Distinct().ToList();
            var taken = new HashSet<string>(own);
            foreach (string name in own)
            {
                string free = IsThere(new SpecThing(kind, name)) ? Free(name, other => taken.Contains(other) || IsThere(new SpecThing(kind, other))) : name;
                taken.Add(free);
                names.Add(new SpecThing(kind, name), new SpecThing(kind, free));
            }
        }

        return names;
    }

    /// <summary>Whether a document has a thing of this name, or one that parameters make.</summary>
    public bool IsThere(SpecThing thing) => SpecEntries.Find(document.Root, thing) is not null || document.Relations?.IsCopy(thing) == true;

    /// <summary>The changes of a clip that give its files paths of their own.</summary>
    public IEnumerable<TreeChange> Paths(SpecNode clip)
    {
        SpecThingKind[] kinds = [SpecThingKind.File, SpecThingKind.Dataset];
        var taken = kinds.SelectMany(kind => SpecEntries.Of(document.Root, kind)).Select(entry => PathOf(entry.Entry)).ToHashSet();
        foreach (var kind in kinds)
        {
            foreach (var (index, entry, _) in SpecEntries.Of(clip, kind))
            {
                if (PathOf(entry) is { } path && !taken.Add(path))
                {
                    int dot = path.LastIndexOf('.');
                    string ending = dot > path.LastIndexOf('/') + 1 ? path[dot..] : "";
                    string free = Free(path[..^ending.Length], stem => taken.Contains(stem + ending)) + ending;
                    taken.Add(free);
                    yield return new TreeChange.Replace(SpecEntries.PathOf(kind, index)["path"], Nodes.Text(free));
                }
            }
        }
    }

    private static string? PathOf(SpecNode entry) => (SpecEntries.Find(entry, "path") as SpecNode.Scalar)?.Text;

    // work, work_2, work_3; part_007 is no seventh copy of a part.
    private static string Free(string name, Func<string, bool> isTaken)
    {
        string stem = Numbered.Match(name) is { Success: true } match ? match.Groups["stem"].Value : name;
        for (int number = 2; ; number++)
        {
            string free = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}");
            if (!isTaken(free))
            {
                return free;
            }
        }
    }
}
