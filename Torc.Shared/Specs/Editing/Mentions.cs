using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Finds where a document refers to things by their names: in lists, in keys of jobs, and inside commands.</summary>
internal static class Mentions
{
    private static readonly string[] Commands = ["command", "invocation_script"];

    /// <summary>The keys of jobs that name things of a kind in lists; of things that jobs need and produce the first are needed.</summary>
    public static (string Input, string? Output) ListsOf(SpecThingKind kind) => kind switch
    {
        SpecThingKind.File => ("input_files", "output_files"),
        SpecThingKind.Dataset => ("input_datasets", "output_datasets"),
        SpecThingKind.UserData => ("input_user_data", "output_user_data"),
        SpecThingKind.Job => ("depends_on", null),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "jobs name one of it at most"),
    };

    /// <summary>How commands refer to a thing.</summary>
    /// <param name="kind">Of what jobs need and produce.</param>
    public static string Reference(SpecThingKind kind, bool isOutput, string name) => $"{Opening(kind, isOutput)}{name}}}";

    /// <summary>All that refers to one name.</summary>
    public static IEnumerable<Mention> Of(SpecNode root, SpecThing thing)
    {
        string name = Composition.Compose(thing.Name);
        return All(root, thing.Kind).Where(mention => string.Equals(Composition.Compose(mention.Name), name, StringComparison.Ordinal));
    }

    /// <summary>All that refers to things of a kind, in the order of the document's lists.</summary>
    public static IEnumerable<Mention> All(SpecNode root, SpecThingKind kind)
    {
        foreach (var (index, job, name) in SpecEntries.Of(root, SpecThingKind.Job))
        {
            foreach (var mention in OfJob(job, SpecEntries.PathOf(SpecThingKind.Job, index), name, index, kind))
            {
                yield return mention;
            }
        }

        if (kind is SpecThingKind.Job or SpecThingKind.Scheduler && SpecEntries.Find(root, "actions") is SpecNode.Sequence actions)
        {
            for (int index = 0; index < actions.Items.Count; index++)
            {
                var path = SpecPath.Top["actions"][index];
                foreach (var mention in kind == SpecThingKind.Job ? List(actions.Items[index], path, "jobs", "an action", null, false) : Single(actions.Items[index], path, "scheduler", "an action", null))
                {
                    yield return mention;
                }
            }
        }

        if (!new SpecThing(kind, "").IsArtifact)
        {
            yield break;
        }

        foreach (var (index, handler, name) in SpecEntries.Of(root, SpecThingKind.FailureHandler))
        {
            if (handler.Find("rules")?.Value is SpecNode.Sequence rules)
            {
                for (int rule = 0; rule < rules.Items.Count; rule++)
                {
                    var path = SpecEntries.PathOf(SpecThingKind.FailureHandler, index)["rules"][rule];
                    foreach (var mention in InText(rules.Items[rule], path, "recovery_script", $"failure handler {name}", null, kind))
                    {
                        yield return mention;
                    }
                }
            }
        }
    }

    private static IEnumerable<Mention> OfJob(SpecNode.Mapping job, SpecPath path, string name, int index, SpecThingKind kind)
    {
        switch (kind)
        {
            case SpecThingKind.Requirements:
                return Single(job, path, "resource_requirements", name, index);
            case SpecThingKind.FailureHandler:
                return Single(job, path, "failure_handler", name, index);
            case SpecThingKind.Scheduler:
                return Single(job, path, "scheduler", name, index);
            case SpecThingKind.Job:
                return List(job, path, "depends_on", name, index, false);
            case SpecThingKind.Workflow:
                return [];
            default:
                var (input, output) = ListsOf(kind);
                return List(job, path, input, name, index, false)
                    .Concat(List(job, path, output!, name, index, true))
                    .Concat(Commands.SelectMany(key => InText(job, path, key, name, index, kind)));
        }
    }

    private static IEnumerable<Mention> Single(SpecNode owner, SpecPath path, string key, string name, int? entry) =>
        SpecEntries.Find(owner, key) is SpecNode.Scalar { Kind: ScalarKind.Text } text ? [new Mention(name, entry, path[key], text, text.Text, null, false)] : [];

    private static IEnumerable<Mention> List(SpecNode owner, SpecPath path, string key, string name, int? entry, bool isOutput) =>
        SpecEntries.Find(owner, key) is SpecNode.Sequence list
            ? list.Items.Select((item, index) => (Item: item as SpecNode.Scalar, index))
                .Where(item => item.Item is { Kind: ScalarKind.Text })
                .Select(item => new Mention(name, entry, path[key][item.index], item.Item!, item.Item!.Text, null, isOutput))
            : [];

    private static IEnumerable<Mention> InText(SpecNode owner, SpecPath path, string key, string name, int? entry, SpecThingKind kind)
    {
        if (SpecEntries.Find(owner, key) is not SpecNode.Scalar { Kind: ScalarKind.Text } text)
        {
            yield break;
        }

        foreach (bool isOutput in new[] { false, true })
        {
            string opening = Opening(kind, isOutput);
            for (int at = 0; (at = text.Text.IndexOf(opening, at, StringComparison.Ordinal)) >= 0; at += opening.Length)
            {
                if (Closing(text.Text, at + opening.Length) is { } end)
                {
                    yield return new Mention(name, entry, path[key], text, text.Text[(at + opening.Length)..end], text.Text[at..(end + 1)], isOutput);
                }
            }
        }
    }

    // A name has no braces but those of parameters, as in ${files.input.part_{i}}.
    private static int? Closing(string text, int from)
    {
        int open = 0;
        for (int at = from; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '}' && open-- == 0)
            {
                return at;
            }

            open += text[at] == '{' ? 1 : 0;
        }

        return null;
    }

    private static string Opening(SpecThingKind kind, bool isOutput)
    {
        string word = kind switch
        {
            SpecThingKind.File => "files",
            SpecThingKind.Dataset => "datasets",
            _ => "user_data",
        };
        return $"${{{word}.{(isOutput ? "output" : "input")}.";
    }
}
