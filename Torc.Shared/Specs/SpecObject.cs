using Torc.Shared.Quantities;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>One object of a document while its values are taken out of it. Every question reports what is wrong with the answer.</summary>
/// <param name="what">Names the object for a message: <c>job "work2"</c>.</param>
internal sealed class SpecObject(SpecProblems problems, SpecNode.Mapping node, SpecPath path, string what)
{
    public SpecProblems Problems => problems;

    public SpecPath Path => path;

    public TextSpan At => node.At;

    public string What => what;

    /// <summary>Takes an object out of its place in the document.</summary>
    /// <returns>Null, and a problem, if it is no object.</returns>
    public static SpecObject? From(SpecProblems problems, SpecNode node, SpecPath path, string place, Func<SpecNode.Mapping, string>? what = null)
    {
        if (node is SpecNode.Mapping mapping)
        {
            return new SpecObject(problems, mapping, path, what?.Invoke(mapping) ?? place);
        }

        problems.Error(DiagnosticCodes.WrongKind, path.ToString(), node.At, $"{place} must be an object, not {Describe(node)}");
        return null;
    }

    /// <summary>Reports every key that such an object does not have.</summary>
    public void CheckKeys(SpecKeys keys, Suggestions suggestions, Severity unknown = Severity.Error)
    {
        foreach (var entry in node.Entries)
        {
            if (keys.Read.Contains(entry.Key))
            {
                continue;
            }

            if (keys.Later.Contains(entry.Key))
            {
                problems.Add(
                    DiagnosticCodes.KeyNotReadYet, unknown, path[entry.Key].ToString(), entry.KeyAt,
                    $"{Quoting.Quote(entry.Key)} in {what} is not read by this version of Torc yet", "remove it to run the workflow without");
            }
            else
            {
                problems.Add(
                    DiagnosticCodes.UnknownKey, unknown, path[entry.Key].ToString(), entry.KeyAt,
                    $"unknown key {Quoting.Quote(entry.Key)} in {what}", suggestions.Help(entry.Key, keys.Read.Concat(keys.Later)));
            }
        }
    }

    /// <summary>The value of a key; null if the key is absent, or its value is.</summary>
    public SpecNode? Find(string key) => node.Find(key) is { } entry && entry.Value is not SpecNode.Scalar { Kind: ScalarKind.Null } ? entry.Value : null;

    /// <summary>The value of a key that the object must have.</summary>
    public SpecNode? Require(string key)
    {
        if (node.Find(key) is not { } entry)
        {
            problems.Error(DiagnosticCodes.MissingKey, path.ToString(), node.At, $"{what} has no {Quoting.Quote(key)}");
            return null;
        }

        if (entry.Value is SpecNode.Scalar { Kind: ScalarKind.Null } nothing)
        {
            problems.Error(DiagnosticCodes.WrongKind, path[key].ToString(), nothing.At, $"{key} must have a value");
            return null;
        }

        return entry.Value;
    }

    /// <summary>A text that may be absent.</summary>
    public string? Text(string key) => Find(key) is { } value ? TextOf(value, path[key], key) : null;

    /// <summary>A text that a path, a name or a command is made of; it knows where it stands.</summary>
    public SpecNode.Scalar? RequireText(string key) => Require(key) is { } value && TextOf(value, path[key], key) is not null ? (SpecNode.Scalar)value : null;

    public bool Flag(string key, bool absent)
    {
        switch (Find(key))
        {
            case null:
                return absent;
            case SpecNode.Scalar { Kind: ScalarKind.Boolean } flag:
                return flag.Text.StartsWith('t') || flag.Text.StartsWith('T');
            case var other:
                WrongKind(other, path[key], key, "true or false", help: other is SpecNode.Scalar ? "write true or false, without quotes" : null);
                return absent;
        }
    }

    public int Whole(string key, int min, int max, int absent) => Find(key) is { } value ? WholeOf(value, key, min, max) ?? absent : absent;

    public int? RequireWhole(string key, int min, int max) => Require(key) is { } value ? WholeOf(value, key, min, max) : null;

    /// <summary>The values of a list; empty if it is absent.</summary>
    public IEnumerable<(SpecNode Value, SpecPath Path)> Items(string key, string of)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case SpecNode.Sequence list:
                var listPath = path[key];
                return list.Items.Select((item, index) => (item, listPath[index]));
            case var other:
                string? help = other is SpecNode.Scalar { Kind: ScalarKind.Text, Text: { Length: < 40 } text } ? $"write [\"{Quoting.Shorten(text)}\"]" : null;
                WrongKind(other, path[key], key, $"a list of {of}", help);
                return [];
        }
    }

    /// <summary>The texts of a list, each with its place.</summary>
    public IEnumerable<(SpecNode.Scalar Value, SpecPath Path)> Texts(string key, string of)
    {
        foreach (var (value, itemPath) in Items(key, of))
        {
            if (TextOf(value, itemPath, $"each of {key}") is not null)
            {
                yield return ((SpecNode.Scalar)value, itemPath);
            }
        }
    }

    public void WrongKind(SpecNode value, SpecPath at, string name, string wanted, string? help = null) =>
        problems.Error(DiagnosticCodes.WrongKind, at.ToString(), value.At, $"{name} must be {wanted}, not {Describe(value)}", help);

    private static string Describe(SpecNode value) => value switch
    {
        SpecNode.Mapping => "an object",
        SpecNode.Sequence => "a list",
        SpecNode.Scalar { Kind: ScalarKind.Null } => "null",
        SpecNode.Scalar { Kind: ScalarKind.Number } number => $"the number {Quoting.Shorten(number.Text)}",
        SpecNode.Scalar { Kind: ScalarKind.Boolean } flag => flag.Text,
        SpecNode.Scalar text => $"the text {Quoting.Quote(text.Text)}",
        _ => throw new InvalidOperationException($"{value.GetType()} is no kind of value"),
    };

    private string? TextOf(SpecNode value, SpecPath at, string name)
    {
        if (value is not SpecNode.Scalar { Kind: ScalarKind.Text } text)
        {
            string? help = value is SpecNode.Scalar { Kind: not ScalarKind.Null } other ? $"write \"{Quoting.Shorten(other.Text)}\" with quotes" : null;
            WrongKind(value, at, name, "a text", help);
            return null;
        }

        if (text.Text.Length > SpecLimits.TextLength)
        {
            problems.Error(DiagnosticCodes.Limit, at.ToString(), text.At, $"{name} is longer than 1 MiB: {Quoting.Quote(text.Text)}");
            return null;
        }

        return text.Text;
    }

    private int? WholeOf(SpecNode value, string key, int min, int max)
    {
        if (value is not SpecNode.Scalar { Kind: ScalarKind.Number or ScalarKind.Text } scalar)
        {
            WrongKind(value, path[key], key, "a whole number");
            return null;
        }

        long? number = NumberText.TryReadWhole(scalar.Text, min, max, out var problem);
        if (problem is not null)
        {
            problems.Error(DiagnosticCodes.BadValue, path[key].ToString(), scalar.At, $"{key} {problem.Message}", problem.Help);
            return null;
        }

        if (scalar.Kind == ScalarKind.Text)
        {
            WrongKind(scalar, path[key], key, "a whole number", $"write {scalar.Text} without quotes");
            return null;
        }

        return (int?)number;
    }
}
