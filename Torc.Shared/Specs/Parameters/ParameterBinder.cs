using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Parameters;

/// <summary>Finds out which parameters an object has, and which copies they make of it.</summary>
internal sealed class ParameterBinder
{
    // More than this is seldom meant.
    private const int ManyCopies = 100_000;

    private readonly SpecProblems _problems;
    private readonly Suggestions _suggestions;
    private readonly Dictionary<string, IReadOnlyList<ParameterValue>?>? _shared;
    private int _listed;

    public ParameterBinder(SpecProblems problems, Suggestions suggestions, SpecObject workflow)
    {
        _problems = problems;
        _suggestions = suggestions;
        _shared = workflow.Find("parameters") is null ? [] : Values(workflow);
    }

    /// <returns>Null, and a problem, if the object's copies cannot be made.</returns>
    public ParameterSpace? Bind(SpecObject entry)
    {
        if (entry.TakesTable())
        {
            return null;
        }

        if (entry.Find("parameters") is null && entry.Find("use_parameters") is null && entry.Find("parameter_mode") is null)
        {
            return ParameterSpace.Single;
        }

        var taken = entry.Texts("use_parameters", "names of parameters").ToList();
        bool isZip = entry.Choice("parameter_mode", _suggestions, "product", "zip") is "zip";
        if (entry.Find("parameters") is null)
        {
            int named = entry.Find("use_parameters") switch
            {
                null => 0,
                SpecNode.Sequence names => names.Items.Count,
                _ => -1,
            };

            // What is no name was told, and could be any of the parameters.
            if (named != taken.Count || named == 0)
            {
                return named == 0 ? ParameterSpace.Single : null;
            }
        }

        var values = entry.Find("parameters") is null ? Taken(entry, taken) : Values(entry);
        if (values is null || values.ContainsValue(null))
        {
            return null;
        }

        return isZip && !AreEquallyMany(entry, values!) ? null : Checked(entry, new ParameterSpace([.. values.Keys], [.. values.Values!], isZip));
    }

    private Dictionary<string, IReadOnlyList<ParameterValue>?>? Taken(SpecObject entry, List<(SpecNode.Scalar Value, SpecPath Path)> names)
    {
        if (_shared is null)
        {
            return null;
        }

        var values = new Dictionary<string, IReadOnlyList<ParameterValue>?>();
        bool isKnown = true;
        foreach (var (name, path) in names)
        {
            if (_shared.TryGetValue(name.Text, out var shared))
            {
                values[name.Text] = shared;
                continue;
            }

            isKnown = false;
            _problems.Error(
                DiagnosticCodes.UnknownParameter, path.ToString(), name.At, $"{entry.What} uses parameter {Quoting.Quote(name.Text)}, which the workflow does not have",
                _suggestions.Help(name.Text, _shared.Keys) ?? "add it to the parameters of the workflow");
        }

        return isKnown ? values : null;
    }

    // Null for the values that cannot be read.
    private Dictionary<string, IReadOnlyList<ParameterValue>?>? Values(SpecObject owner)
    {
        if (owner.Find("parameters") is not { } node)
        {
            return null;
        }

        var path = owner.Path["parameters"];
        if (node is not SpecNode.Mapping parameters)
        {
            owner.WrongKind(node, path, "parameters", "an object of names and values");
            return null;
        }

        var values = new Dictionary<string, IReadOnlyList<ParameterValue>?>();
        foreach (var entry in parameters.Entries)
        {
            values.Add(entry.Key, Values(entry.Value, path[entry.Key], $"the parameter {Quoting.Quote(entry.Key)}"));
        }

        return values;
    }

    private IReadOnlyList<ParameterValue>? Values(SpecNode node, SpecPath path, string name)
    {
        switch (node)
        {
            case SpecNode.Scalar { Kind: ScalarKind.Text } text:
                if (SpecValue.Text(_problems, text, path, name) is null)
                {
                    return null;
                }

                var read = ParameterText.TryParse(text.Text, out var problem);
                if (problem is not null)
                {
                    _problems.Error(DiagnosticCodes.BadParameter, path.ToString(), text.At, $"{name} {problem.Message}", problem.Help);
                }

                return IsWithinLimit(read, path, text) ? read : null;
            case SpecNode.Scalar { Kind: not ScalarKind.Null } one:
                return Value(one, path) is { } value ? [value] : null;
            case SpecNode.Sequence list when list.Items.Count <= SpecLimits.Jobs:
                List<ParameterValue?> values = [.. list.Items.Select((item, index) => Value(item, path[index], name))];
                return values.Contains(null) ? null : [.. values.OfType<ParameterValue>()];
            default:
                SpecValue.WrongKind(_problems, node, path, name, "a range such as \"1:10\", a list, or one value");
                return null;
        }
    }

    private ParameterValue? Value(SpecNode item, SpecPath path, string name)
    {
        switch (item)
        {
            case SpecNode.Scalar { Kind: ScalarKind.Text } text:
                return ParameterValue.Text(text.Text);
            case SpecNode.Scalar { Kind: not ScalarKind.Null } scalar:
                return Value(scalar, path);
            default:
                SpecValue.WrongKind(_problems, item, path, $"each value of {name}", "a text or a number");
                return null;
        }
    }

    private ParameterValue? Value(SpecNode.Scalar scalar, SpecPath path) => scalar.Kind == ScalarKind.Boolean
        ? ParameterValue.Text(scalar.Text.ToLowerInvariant())
        : CanonicalJson.Write(_problems, scalar, path) is null ? null : ParameterValue.Read(scalar.Text);

    // A range keeps none of its values; a list in a text has a value for each comma.
    private bool IsWithinLimit(IReadOnlyList<ParameterValue>? values, SpecPath path, SpecNode.Scalar text)
    {
        _listed += values is null or ParameterRange ? 0 : values.Count;
        if (_listed <= SpecLimits.Nodes)
        {
            return true;
        }

        _listed = 0;
        _problems.Error(
            DiagnosticCodes.Limit, path.ToString(), text.At,
            $"with this parameter, parameters list more than {SpecLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture)} values");
        return false;
    }

    private bool AreEquallyMany(SpecObject entry, Dictionary<string, IReadOnlyList<ParameterValue>?> values)
    {
        var first = values.FirstOrDefault();
        var other = values.FirstOrDefault(list => list.Value!.Count != first.Value!.Count);
        if (other.Key is null)
        {
            return true;
        }

        _problems.Error(
            DiagnosticCodes.UnequalParameters, entry.Path["parameter_mode"].ToString(), entry.Find("parameter_mode")!.At,
            $"{entry.What} zips parameters of unequal length: {Count(first.Key, first.Value!)} and {Count(other.Key, other.Value!)}",
            "give them equally many values, or write product to combine each with each");
        return false;

        static string Count(string name, IReadOnlyList<ParameterValue> list) =>
            string.Create(CultureInfo.InvariantCulture, $"{Quoting.Quote(name)} has {list.Count} value{(list.Count == 1 ? "" : "s")}");
    }

    private ParameterSpace? Checked(SpecObject entry, ParameterSpace space)
    {
        string count = space.Count == long.MaxValue ? "countless" : space.Count.ToString("N0", CultureInfo.InvariantCulture);
        string key = entry.Find("parameters") is null ? "use_parameters" : "parameters";
        var at = entry.Find(key)!.At;
        if (space.Count > SpecLimits.Jobs)
        {
            _problems.Error(
                DiagnosticCodes.Limit, entry.Path[key].ToString(), at,
                $"the parameters of {entry.What} make {count} copies; there can be {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)}");
            return null;
        }

        if (space.Count * (long)space.Names.Count > SpecLimits.Edges)
        {
            _problems.Error(
                DiagnosticCodes.Limit, entry.Path[key].ToString(), at,
                $"{count} copies of {entry.What} with {space.Names.Count.ToString("N0", CultureInfo.InvariantCulture)} parameters have more than {SpecLimits.Edges.ToString("N0", CultureInfo.InvariantCulture)} values");
            return null;
        }

        if (space.Count > ManyCopies)
        {
            _problems.Add(DiagnosticCodes.ManyCopies, Severity.Hint, entry.Path[key].ToString(), at, $"the parameters of {entry.What} make {count} copies", help: null);
        }
        else if (space.Count == 0)
        {
            _problems.Add(
                DiagnosticCodes.NoCopies, Severity.Warning, entry.Path[key].ToString(), at, $"a parameter of {entry.What} has no values, so it is left out", help: null);
        }

        return space;
    }
}
