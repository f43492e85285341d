using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Parameters;

/// <summary>
/// Constants of a spec: <c>{name}</c> stands for the value in every text of the document, before anything else is read. Keys, the
/// names in <c>use_parameters</c> and the values of other variables stay as they are.
/// </summary>
internal sealed class Variables
{
    private readonly SpecProblems _problems;
    private readonly Dictionary<string, string> _values;

    private Variables(SpecProblems problems, Dictionary<string, string> values)
    {
        _problems = problems;
        _values = values;
    }

    /// <returns>The same document if it has no variables.</returns>
    public static SpecNode Replace(SpecProblems problems, SpecNode root)
    {
        if (root is not SpecNode.Mapping document || document.Find("variables") is not { Value: not SpecNode.Scalar { Kind: ScalarKind.Null } } entry)
        {
            return root;
        }

        var path = SpecPath.Top["variables"];
        if (entry.Value is not SpecNode.Mapping named)
        {
            SpecValue.WrongKind(problems, entry.Value, path, "variables", "an object of names and values");
            return root;
        }

        var values = new Dictionary<string, string>();
        foreach (var variable in named.Entries)
        {
            if (variable.Value is SpecNode.Scalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar)
            {
                values.Add(variable.Key, scalar.Text);
            }
            else
            {
                SpecValue.WrongKind(problems, variable.Value, path[variable.Key], $"the variable {Quoting.Quote(variable.Key)}", "a text or a number");
            }
        }

        var variables = new Variables(problems, values);
        variables.RefuseParameters(document, SpecPath.Top);
        return variables.Replace(document, SpecPath.Top, isTop: true);
    }

    // One name for two things would leave it to chance which is meant.
    private void RefuseParameters(SpecNode.Mapping owner, SpecPath path)
    {
        foreach (var entry in owner.Entries)
        {
            if (entry is { Key: "parameters", Value: SpecNode.Mapping parameters })
            {
                foreach (var parameter in parameters.Entries.Where(parameter => _values.ContainsKey(parameter.Key)))
                {
                    _problems.Error(
                        DiagnosticCodes.BadParameter, path["parameters"][parameter.Key].ToString(), parameter.KeyAt,
                        $"{Quoting.Quote(parameter.Key)} is the name of a variable and of a parameter", "give one of them another name");
                }
            }
            else if (entry is { Key: "jobs" or "files" or "user_data", Value: SpecNode.Sequence list })
            {
                for (int index = 0; index < list.Items.Count; index++)
                {
                    if (list.Items[index] is SpecNode.Mapping item)
                    {
                        RefuseParameters(item, path[entry.Key][index]);
                    }
                }
            }
        }
    }

    private SpecNode Replace(SpecNode node, SpecPath path, bool isTop = false) => node switch
    {
        SpecNode.Mapping mapping => new SpecNode.Mapping(mapping.At, [.. mapping.Entries.Select(entry =>
            entry.Key is "use_parameters" || (isTop && entry.Key is "variables") ? entry : entry with { Value = Replace(entry.Value, path[entry.Key]) })]),
        SpecNode.Sequence sequence => new SpecNode.Sequence(sequence.At, [.. sequence.Items.Select((item, index) => Replace(item, path[index]))]),
        SpecNode.Scalar { Kind: ScalarKind.Text } text when text.Text.Contains('{') => new SpecNode.Scalar(text.At, ScalarKind.Text, Replace(text, path)),
        _ => node,
    };

    private string Replace(SpecNode.Scalar source, SpecPath path)
    {
        string text = source.Text;
        var replaced = new StringBuilder();
        int copied = 0;
        foreach (var place in Placeholder.FindAll(text))
        {
            if (replaced.Length <= SpecLimits.TextLength && _values.TryGetValue(place.Name, out string? value))
            {
                string shown = place.Format is { } format && ParameterValue.IsFormat(format) ? ParameterValue.Read(value).Format(format) : value;
                replaced.Append(text, copied, place.Start - copied).Append(shown);
                copied = place.End;
            }
        }

        if (copied == 0)
        {
            return text;
        }

        replaced.Append(text, copied, text.Length - copied);
        return _problems.AllowsText(replaced.Length, path, source.At) ? replaced.ToString() : text;
    }
}
