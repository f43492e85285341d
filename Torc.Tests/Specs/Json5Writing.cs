using System.Globalization;
using System.Text;
using CsCheck;
using Torc.Shared.Specs.Documents;

namespace Torc.Tests.Specs;

/// <summary>Writes trees as JSON5 in ways that are drawn by chance: comments, quotes, escapes, commas, numbers.</summary>
internal sealed class Json5Writing(Random chance)
{
    private static readonly string[] Spaces =
        ["\t", "\v", " ", "\u00a0", "\ufeff", "\n", "\r\n", "\u2028", "\u3000", "// it's\n", "//\r", "/* \" */", "/**/", "/*\n}*/", "/*//*/"];

    private static readonly string[] Continuations = ["\\\n", "\\\r\n", "\\\r", "\\\u2028", "\\\u2029"];

    // What the reader makes of them stands first.
    private static readonly string[][] Numbers =
    [
        ["0", "0", "+0", "0x0", "0X00"], ["-7", "-7", "-0x7"], ["16", "16", "0x10", "+0X010", "+16"], ["48879", "0xbeef", "0xBEEF", "48879"],
        ["0.5", ".5", "+.5", "0.5"], ["-0.25e-3", "-.25e-3", "-0.25e-3"], ["3.0", "3.", "+3.", "3.0"], ["1e400", "1e400"], ["NaN", "NaN"],
        ["-Infinity", "-Infinity"],
    ];

    private static readonly string[] Names = ["name", "$", "_a1", "ключ", "e\u0301", "𝒳", "null", "Infinity"];

    private static readonly Gen<string> Texts =
        Gen.OneOf("a", "0", "9", "'", "\"", "\\", "\n", "\r", "\u2028", "\t", "\0", "\u001b", "é", "😀", "//", "/*", "x", "u0041", " ", "\u202e", "}").Array[0, 6]
            .Select(pieces => string.Concat(pieces));

    private static readonly Gen<SpecNode> Scalars = Gen.OneOf(
        Texts.Select(text => Scalar(ScalarKind.Text, text)),
        Gen.OneOf(Numbers).Select(number => Scalar(ScalarKind.Number, number[0])),
        Gen.OneOf("true", "false").Select(flag => Scalar(ScalarKind.Boolean, flag)),
        Gen.Const(Scalar(ScalarKind.Null, "null")));

    public static Gen<SpecNode> Trees { get; } = Gen.Recursive<SpecNode>((depth, inner) => depth == 4 ? Scalars : Gen.Frequency(
        (2, Scalars),
        (1, inner.Array[0, 4].Select(items => (SpecNode)new SpecNode.Sequence(default, items))),
        (1, Gen.Select(Gen.OneOf(Texts, Gen.OneOf(Names)), inner).Array[0, 4].Select(Mapping))));

    /// <summary>Pieces of the notation, and of what others take for it.</summary>
    public static Gen<string> Scraps { get; } = Gen.OneOf(
        Gen.OneOf(Spaces),
        Gen.OneOf(Continuations),
        Gen.OneOf(Names),
        Gen.OneOf(Numbers).Select(number => number[^1]),
        Gen.OneOf("{", "}", "[", "]", ",", ":", "'", "\"", "\\", "/", "*", "/*", "*/", "//", "#", "\\u", "\\u00", "\\ud835", "\\udcb3", "\\x4", "\\0", "\\1", "0x", "-", "+", ".", "\ud835", "\udcb3", "\0", "\u0085"),
        Texts);

    public string Write(SpecNode tree) => Spaced(tree switch
    {
        SpecNode.Mapping mapping => $"{{{Listed(mapping.Entries.Select(entry => $"{Spaced(Key(entry.Key))}:{Write(entry.Value)}"))}}}",
        SpecNode.Sequence sequence => $"[{Listed(sequence.Items.Select(Write))}]",
        SpecNode.Scalar { Kind: ScalarKind.Text } text => Quoted(text.Text),
        SpecNode.Scalar { Kind: ScalarKind.Number } number => OneOf(Numbers.Single(forms => forms[0] == number.Text)[1..]),
        SpecNode.Scalar scalar => scalar.Text,
        _ => throw new InvalidOperationException(),
    });

    private static SpecNode Scalar(ScalarKind kind, string text) => new SpecNode.Scalar(default, kind, text);

    private static SpecNode Mapping((string Key, SpecNode Value)[] entries) => new SpecNode.Mapping(
        default, [.. entries.DistinctBy(entry => entry.Key).Select(entry => new SpecEntry(entry.Key, default, entry.Value))]);

    private static string Escaped(Rune rune) =>
        string.Concat(rune.ToString().Select(unit => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}")));

    private string Spaced(string text) => $"{Space()}{text}{Space()}";

    private string Space() => string.Concat(Enumerable.Range(0, Math.Max(0, chance.Next(6) - 3)).Select(_ => OneOf(Spaces)));

    private string Listed(IEnumerable<string> items)
    {
        string list = string.Join(',', items);
        return list.Length > 0 && IsDrawn() ? $"{list},{Space()}" : $"{list}{Space()}";
    }

    private string Key(string key) => Names.Contains(key) && IsDrawn()
        ? string.Concat(key.EnumerateRunes().Select(rune => chance.Next(4) == 0 ? Escaped(rune) : rune.ToString()))
        : Quoted(key);

    private string Quoted(string text)
    {
        char quote = IsDrawn() ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(chance.Next(8) == 0 ? OneOf(Continuations) : "").Append(Character(rune, quote));
        }

        return quoted.Append(quote).ToString();
    }

    private string Character(Rune rune, char quote) => (rune.Value, chance.Next(4)) switch
    {
        (_, 0) => Escaped(rune),
        ( < 256, 1) => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
        ('\n', _) => "\\n",
        ('\r', _) => "\\r",
        ('\\', _) => "\\\\",
        (var value, _) when value == quote => $"\\{quote}",
        (var value, 2) when value != '\u2028' && (value > 'z' || !char.IsAsciiLetterOrDigit((char)value)) => $"\\{rune}",
        _ => rune.ToString(),
    };

    private bool IsDrawn() => chance.Next(2) == 0;

    private string OneOf(string[] choices) => choices[chance.Next(choices.Length)];
}
