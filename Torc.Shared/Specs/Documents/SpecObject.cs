using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

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

        problems.Error(DiagnosticCodes.WrongKind, path.ToString(), node.At, $"{place} must be an object, not {SpecValue.Describe(node)}");
        return null;
    }

    /// <summary>Reports every key that such an object does not have, and what stands in those that nothing else reads.</summary>
    public void CheckKeys(SpecObjectKind kind, Suggestions suggestions)
    {
        foreach (var entry in node.Entries)
        {
            if (kind.Find(entry.Key) is not { } field)
            {
                if (SpecSchema.TableKeys.Contains(entry.Key))
                {
                    RefuseTable(entry);
                    continue;
                }

                problems.Add(
                    DiagnosticCodes.UnknownKey, kind.AllowsMore ? Severity.Warning : Severity.Error, path[entry.Key].ToString(), entry.KeyAt,
                    $"unknown key {Quoting.Quote(entry.Key)} in {what}",
                    SpecSchema.FormerNames.TryGetValue(entry.Key, out string? now) && kind.Find(now) is not null
                        ? $"it is called {Quoting.Quote(now)}"
                        : suggestions.Help(entry.Key, kind.Keys));
                continue;
            }

            if (field.Use == SpecFieldUse.Full || entry.Value is SpecNode.Scalar { Kind: ScalarKind.Null })
            {
                continue;
            }

            new ShapeChecker(problems, suggestions).Check(entry.Value, path[entry.Key], entry.Key, field.Shape);
            if (field.Use == SpecFieldUse.NotYet && problems.IsFirst(DiagnosticCodes.KeyWithoutEffect, $"{kind.Name}.{entry.Key}"))
            {
                problems.Add(
                    DiagnosticCodes.KeyWithoutEffect, Severity.Warning, path[entry.Key].ToString(), entry.KeyAt,
                    $"{Quoting.Quote(entry.Key)} in {what} is checked and kept, and has no effect in this version of Torc", help: null);
            }
        }
    }

    /// <summary>Whether a key says that the values of parameters stand in a file; then they are not known.</summary>
    public bool TakesTable() => node.Entries.Any(TakesTable);

    private static bool TakesTable(SpecEntry entry) =>
        SpecSchema.TableKeys.Contains(entry.Key) && entry.Value is not SpecNode.Scalar { Kind: ScalarKind.Null } and not SpecNode.Scalar { Kind: ScalarKind.Boolean, Text: "false" or "False" or "FALSE" };

    private void RefuseTable(SpecEntry entry)
    {
        if (TakesTable(entry) && problems.IsFirst(DiagnosticCodes.BadParameter, nameof(SpecSchema.TableKeys)))
        {
            problems.Error(
                DiagnosticCodes.BadParameter, path[entry.Key].ToString(), entry.KeyAt,
                $"{Quoting.Quote(entry.Key)} in {what} takes the values of parameters from a file, which Torc does not read",
                "write each column of the file as a list in parameters, such as {model: [a, b], rate: [0.1, 0.5]}, with parameter_mode: zip");
        }
    }

    /// <summary>A key and where it stands; null if it is absent.</summary>
    public SpecEntry? Entry(string key) => node.Find(key);

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
    public string? Text(string key) => FindText(key)?.Text;

    /// <summary>A text that may be absent; it knows where it stands.</summary>
    public SpecNode.Scalar? FindText(string key) =>
        Find(key) is { } value && SpecValue.Text(problems, value, path[key], key) is not null ? (SpecNode.Scalar)value : null;

    /// <summary>A text that a path, a name or a command is made of; it knows where it stands.</summary>
    public SpecNode.Scalar? RequireText(string key) =>
        Require(key) is { } value && SpecValue.Text(problems, value, path[key], key) is not null ? (SpecNode.Scalar)value : null;

    public bool Flag(string key, bool absent) => Find(key) is { } value ? SpecValue.Flag(problems, value, path[key], key) ?? absent : absent;

    public int Whole(string key, int min, int max, int absent) =>
        Find(key) is { } value ? SpecValue.Whole(problems, value, path[key], key, min, max) ?? absent : absent;

    public int? RequireWhole(string key, int min, int max) => Require(key) is { } value ? SpecValue.Whole(problems, value, path[key], key, min, max) : null;

    public string? Choice(string key, Suggestions suggestions, params string[] choices) =>
        Find(key) is { } value ? SpecValue.Choice(problems, suggestions, value, path[key], key, choices) : null;

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
            if (SpecValue.Text(problems, value, itemPath, $"each of {key}") is not null)
            {
                yield return ((SpecNode.Scalar)value, itemPath);
            }
        }
    }

    public void WrongKind(SpecNode value, SpecPath at, string name, string wanted, string? help = null) =>
        SpecValue.WrongKind(problems, value, at, name, wanted, help);
}
