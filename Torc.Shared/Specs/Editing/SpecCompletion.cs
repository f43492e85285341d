using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;

namespace Torc.Shared.Specs.Editing;

/// <summary>
/// Proposes what may be written at a place of a text: references inside <c>${</c>, keys of the object, names and values of the key. The text need not be
/// readable, as it is not while somebody types: then the last readable one says which names there are, and the lines above say in which list the
/// place is.
/// </summary>
public static class SpecCompletion
{
    private static readonly (string Prefix, SpecThingKind Kind)[] References =
    [
        ("files.input.", SpecThingKind.File),
        ("files.output.", SpecThingKind.File),
        ("datasets.input.", SpecThingKind.Dataset),
        ("datasets.output.", SpecThingKind.Dataset),
        ("user_data.input.", SpecThingKind.UserData),
        ("user_data.output.", SpecThingKind.UserData),
    ];

    private static readonly (string Key, SpecThingKind Kind)[] Lists =
    [
        ("jobs", SpecThingKind.Job), ("files", SpecThingKind.File), ("datasets", SpecThingKind.Dataset), ("user_data", SpecThingKind.UserData),
        ("resource_requirements", SpecThingKind.Requirements), ("failure_handlers", SpecThingKind.FailureHandler), ("slurm_schedulers", SpecThingKind.Scheduler),
    ];

    /// <param name="document">As it is.</param>
    /// <param name="readable">The same, or the last one that could be read.</param>
    /// <param name="offset">Where somebody writes: in characters of the text, from 0.</param>
    public static IReadOnlyList<SpecProposal> At(SpecDocument document, SpecDocument readable, int offset)
    {
        string text = document.Text;
        offset = Math.Clamp(offset, 0, text.Length);
        int lineStart = offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        string line = text[lineStart..offset];
        int open = line.LastIndexOf("${", StringComparison.Ordinal);
        if (open >= 0 && !line.AsSpan(open).Contains('}'))
        {
            return ReferencesAt(readable, lineStart + open + 2);
        }

        int word = offset;
        while (word > lineStart && (char.IsAsciiLetterOrDigit(text[word - 1]) || text[word - 1] is '_' or '-' or '.'))
        {
            word--;
        }

        string before = text[lineStart..word].TrimEnd('"', '\'', ' ');
        var kind = ListAt(text, lineStart, word);
        bool isValue = before.EndsWith(':') || before.EndsWith('[') || (before.Contains('[') && before.EndsWith(','));
        return isValue ? ValuesAt(readable, kind, KeyOf(before), word) : KeysAt(document, kind, word);
    }

    private static IReadOnlyList<SpecProposal> ReferencesAt(SpecDocument document, int start) =>
    [
        .. References.SelectMany(reference => SpecForm.Names(document, reference.Kind).Select(name =>
            new SpecProposal($"{reference.Prefix}{name}", $"{reference.Prefix}{name}}}", start, reference.Prefix.Contains("input", StringComparison.Ordinal) ? "needs it" : "produces it", IsKey: false))),
    ];

    private static IReadOnlyList<SpecProposal> KeysAt(SpecDocument document, SpecThingKind kind, int start)
    {
        bool isJson = document.Notation is null ? document.Text.AsSpan().TrimStart().StartsWith('{') : document.Notation == SpecNotation.Json;
        bool isQuoted = start > 0 && document.Text[start - 1] is '"' or '\'';
        string mark = isJson && !isQuoted ? "\"" : "";
        return
        [
            .. SpecEntries.SchemaOf(kind).Fields.Where(field => field.Use != SpecFieldUse.Kept)
                .Select(field => new SpecProposal(field.Name, isQuoted ? field.Name : $"{mark}{field.Name}{mark}: ", start, field.Summary, IsKey: true)),
        ];
    }

    private static IReadOnlyList<SpecProposal> ValuesAt(SpecDocument document, SpecThingKind kind, string key, int start)
    {
        var named = key switch
        {
            "depends_on" or "jobs" => SpecThingKind.Job,
            "input_files" or "output_files" => SpecThingKind.File,
            "input_datasets" or "output_datasets" => SpecThingKind.Dataset,
            "input_user_data" or "output_user_data" => SpecThingKind.UserData,
            "resource_requirements" => SpecThingKind.Requirements,
            "failure_handler" => SpecThingKind.FailureHandler,
            "scheduler" => SpecThingKind.Scheduler,
            _ => SpecThingKind.Workflow,
        };
        if (named != SpecThingKind.Workflow)
        {
            return [.. SpecForm.Names(document, named).Select(name => new SpecProposal(name, name, start, null, IsKey: false))];
        }

        return SpecEntries.SchemaOf(kind).Fields.FirstOrDefault(field => field.Name == key)?.Shape switch
        {
            SpecShape.Choice choice => [.. choice.Values.Select(value => new SpecProposal(value, value, start, null, IsKey: false))],
            SpecShape.Flag => [new SpecProposal("true", "true", start, null, IsKey: false), new SpecProposal("false", "false", start, null, IsKey: false)],
            _ => [],
        };
    }

    // "  memory: " and "[a, b, " after "input_files: " both belong to the last key of the line.
    private static string KeyOf(string before)
    {
        int colon = before.LastIndexOf(':');
        return colon < 0 ? "" : before[..colon].TrimEnd('"', '\'', ' ').Split(' ', '"', '\'', '{', ',', '-')[^1];
    }

    // The list that was begun last above the place, and not ended again: known by its key at the beginning of a line, less indented than the place.
    private static SpecThingKind ListAt(string text, int lineStart, int place)
    {
        int indent = place - lineStart - text[lineStart..place].TrimStart(' ', '-', '{').Length;
        int end = lineStart;
        while (end > 0)
        {
            int start = end < 2 ? 0 : text.LastIndexOf('\n', end - 2) + 1;
            string line = text[start..end];
            string content = line.Trim(' ', '\t', '\r', '\n', '"', '\'');
            int depth = line.Length - line.TrimStart(' ').Length;
            foreach (var (key, kind) in Lists)
            {
                if (content.StartsWith(key, StringComparison.Ordinal) && content[key.Length..].TrimStart('"', '\'', ' ').StartsWith(':') && depth < Math.Max(indent, 1))
                {
                    return content.EndsWith(']') || content.EndsWith("],", StringComparison.Ordinal) ? SpecThingKind.Workflow : kind;
                }
            }

            if (depth == 0 && content.Length > 0 && char.IsAsciiLetter(content[0]))
            {
                return SpecThingKind.Workflow;
            }

            end = start;
        }

        return SpecThingKind.Workflow;
    }
}
