using System.Text;

namespace Torc.Shared.Specs.Schema;

/// <summary>The tables of the manual: every object, every key, with an example.</summary>
public static class SpecManual
{
    /// <summary>Where the tables stand in <c>docs/spec.md</c>: between these two lines.</summary>
    public const string Begin = "<!-- From here to the end mark: printed by `torc schema --manual`. -->";

    public const string End = "<!-- end -->";

    /// <summary>The tables as Markdown, with their marks.</summary>
    public static string Text { get; } = Write();

    /// <summary>Puts the tables into a document in place of those that it has.</summary>
    /// <exception cref="ArgumentException">It has no marks.</exception>
    public static string PutInto(string document)
    {
        int begin = document.IndexOf(Begin, StringComparison.Ordinal);
        int end = document.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin
            ? throw new ArgumentException("the document has no marks for the tables", nameof(document))
            : $"{document[..begin]}{Text}{document[(end + End.Length)..]}";
    }

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append(Begin).Append("\n\n");
        foreach (var kind in SpecSchema.All)
        {
            text.Append("### ").Append(kind.Place.Length == 0 ? "The document" : $"`{kind.Place}`").Append("\n\n");
            text.Append(kind.Summary).Append(kind.AllowsMore ? " Unknown keys are passed over with a warning." : "").Append("\n\n");
            text.Append("| key | value | meaning | default | example |\n|---|---|---|---|---|\n");
            foreach (var field in kind.Fields)
            {
                Write(text, field);
            }

            text.Append('\n');
        }

        return text.Append(End).ToString();
    }

    private static void Write(StringBuilder text, SpecField field)
    {
        string key = field.IsRequired ? $"**{field.Name}**" : field.Name;
        string meaning = field.Use == SpecFieldUse.NotYet ? $"{field.Summary} ¹" : field.Summary;
        string fallback = field.IsRequired ? "required" : field.Default ?? "–";
        text.Append("| ").Append(key).Append(" | ").Append(Describe(field.Shape)).Append(" | ").Append(meaning).Append(" | ").Append(fallback)
            .Append(" | `").Append(field.Name).Append(": ").Append(field.Example.Replace("|", "\\|", StringComparison.Ordinal)).Append("` |\n");
    }

    private static string Describe(SpecShape shape) => shape switch
    {
        SpecShape.Text text => text.What,
        SpecShape.Name name => name.What,
        SpecShape.Whole => "whole number",
        SpecShape.Flag => "true or false",
        SpecShape.Amount amount => amount.What,
        SpecShape.Choice choice => string.Join(", ", choice.Values.Select(value => $"`{value}`")),
        SpecShape.Anything => "any JSON",
        SpecShape.ObjectOrText => "object or text",
        SpecShape.List { Of: SpecShape.Object one } => $"list of [{one.Kind.Place}](#{Anchor(one.Kind)})",
        SpecShape.List list => $"list: {Describe(list.Of)}",
        SpecShape.Map { Of: SpecShape.ParameterValues } => "[parameters](#parameters)",
        SpecShape.Map => "object of names and values",
        SpecShape.Plain => "text or number",
        SpecShape.Object one => $"[object](#{Anchor(one.Kind)})",
        SpecShape.NameOrObject either => $"name or [object](#{Anchor(either.Kind)})",
        _ => throw new InvalidOperationException($"{shape} has no description"),
    };

    // As forges make them of a heading: letters, digits and "_" stay.
    private static string Anchor(SpecObjectKind kind) => new([.. kind.Place.Where(character => char.IsAsciiLetterOrDigit(character) || character == '_')]);
}
