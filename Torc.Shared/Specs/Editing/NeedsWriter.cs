using System.Globalization;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>Writes what jobs ask for into the text of a spec, as its notation has it.</summary>
internal sealed class NeedsWriter(string text, SpecNotation notation)
{
    /// <summary>Another text in the place of a value, in quotes if that had them.</summary>
    public string Value(string value, TextSpan inPlaceOf) => (notation, text[inPlaceOf.Start]) switch
    {
        (SpecNotation.Kdl, _) or (_, '"') => $"\"{value}\"",
        (_, '\'') => $"'{value}'",
        (SpecNotation.Yaml, _) => value,
        _ => $"\"{value}\"",
    };

    /// <summary>Requirements of a job's own, for the place where a job would name a class.</summary>
    public string Own(ResourceRequirements needs)
    {
        var absent = ResourceRequirements.Default;
        var items = new List<string> { Item("num_cpus", Number(needs.Cpus)), Item("memory", Quoted(MemoryText.Write(needs.Memory))) };
        if (needs.Gpus != absent.Gpus)
        {
            items.Add(Item("num_gpus", Number(needs.Gpus)));
        }

        if (needs.Nodes != absent.Nodes)
        {
            items.Add(Item("num_nodes", Number(needs.Nodes)));
        }

        if (needs.Runtime != absent.Runtime)
        {
            items.Add(Item("runtime", Quoted(DurationText.Write(needs.Runtime))));
        }

        return notation == SpecNotation.Kdl ? $"{{ {string.Join("; ", items)} }}" : $"{{{string.Join(", ", items)}}}";
    }

    public string Quoted(string value) => notation == SpecNotation.Yaml ? value : $"\"{value}\"";

    /// <summary>One more key with its value, for the place before another key that is not the first of its object.</summary>
    /// <param name="owner">Where the object begins.</param>
    public string Before(SpecEntry next, TextSpan owner, string key, string value)
    {
        int lineStart = text.LastIndexOf('\n', Math.Max(next.KeyAt.Start - 1, 0)) + 1;
        string indentation = text[lineStart..next.KeyAt.Start];
        bool isOwnLine = string.IsNullOrWhiteSpace(indentation);
        string comma = notation switch
        {
            SpecNotation.Kdl => isOwnLine ? "" : ";",
            SpecNotation.Yaml when text[owner.Start] != '{' => "",
            _ => ",",
        };
        string lineBreak = lineStart > 1 && text[lineStart - 2] == '\r' ? "\r\n" : "\n";
        return $"{Item(key, value)}{comma}{(isOwnLine ? lineBreak + indentation : " ")}";
    }

    private string Item(string key, string value) => notation switch
    {
        SpecNotation.Kdl => $"{key} {value}",
        SpecNotation.Yaml => $"{key}: {value}",
        _ => $"\"{key}\": {value}",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
