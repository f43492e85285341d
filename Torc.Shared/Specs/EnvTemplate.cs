using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Environment variables that a spec sets, before parameters are put into their values.</summary>
internal sealed class EnvTemplate
{
    // What a dictionary costs for each of its entries, beside their texts.
    private const int EntryCost = 50;

    private readonly List<(string Name, TextTemplate Value)> _variables = [];
    private readonly SpecProblems _problems;
    private readonly SpecPath _path;
    private readonly TextSpan _at;
    private IReadOnlyDictionary<string, string>? _filled;

    private EnvTemplate(SpecObject source)
    {
        _problems = source.Problems;
        _path = source.Path["env"];
        _at = source.At;
    }

    public IReadOnlyList<(string Name, TextTemplate Value)> Variables => _variables;

    public IReadOnlyList<TextTemplate> Values => [.. _variables.Select(variable => variable.Value)];

    public static EnvTemplate Read(SpecObject source, ParameterSpace parameters)
    {
        var env = new EnvTemplate(source);
        if (source.Find("env") is not { } node)
        {
            return env;
        }

        var path = env._path;
        if (node is not SpecNode.Mapping variables)
        {
            source.WrongKind(node, path, "env", "an object of names and values");
            return env;
        }

        foreach (var (name, nameAt, value) in variables.Entries)
        {
            CheckName(source.Problems, path[name], name, nameAt);
            switch (value)
            {
                // A number stands for itself here: 4, 0.50 and 010 reach the job as they were written.
                case SpecNode.Scalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar:
                    TextRules.CheckLine(source.Problems, path[name], scalar.At, What(name), scalar.Text);
                    env._variables.Add((name, TextTemplate.Parse(source.Problems, scalar, path[name], parameters)));
                    break;
                case SpecNode.Scalar { Kind: ScalarKind.Boolean } flag:
                    source.WrongKind(value, path[name], What(name), "a text", $"write \"{flag.Text}\" with quotes");
                    break;
                default:
                    source.WrongKind(
                        value, path[name], What(name), "a text", value is SpecNode.Scalar ? "write \"\" for an empty value" : null);
                    break;
            }
        }

        return env;
    }

    /// <param name="inherited">What the workflow sets, always the same; the object's own entries win.</param>
    public IReadOnlyDictionary<string, string> Fill(ReadOnlySpan<ParameterValue> values, IReadOnlyDictionary<string, string> inherited)
    {
        if (_variables.Count == 0)
        {
            return inherited;
        }

        // Copies that have the same variables share them.
        if (_filled is not null)
        {
            return _filled;
        }

        if (!_problems.AllowsMoreText((inherited.Count + _variables.Count) * EntryCost, _path, _at))
        {
            return inherited;
        }

        var env = new Dictionary<string, string>(inherited);
        foreach (var (name, value) in _variables)
        {
            string filled = env[name] = value.Fill(values);
            if (value.HasHoles)
            {
                TextRules.CheckLine(_problems, value.Path, value.At, What(name), filled);
            }
        }

        _filled = _variables.Exists(variable => variable.Value.HasHoles) ? null : env;
        return env;
    }

    private static string What(string name) => $"the variable {Quoting.Quote(name)}";

    private static void CheckName(SpecProblems problems, SpecPath path, string name, TextSpan at)
    {
        string? refusal = name switch
        {
            "" => "a variable must have a name",
            _ when name.Contains('=') => $"the variable {Quoting.Quote(name)} must not have \"=\" in its name",
            _ when name.Contains('\0') => $"the variable {Quoting.Quote(name)} must not have a NUL character in its name",
            _ when name.Length > SpecLimits.NameBytes => $"the variable {Quoting.Quote(name)} has a name longer than {SpecLimits.NameBytes} characters",
            _ => null,
        };
        if (refusal is not null)
        {
            problems.Error(DiagnosticCodes.BadEnvName, path.ToString(), at, refusal, name.Contains('=') ? "write the value after the colon" : null);
        }
        else if (name.StartsWith("LD_", StringComparison.Ordinal))
        {
            problems.Add(
                DiagnosticCodes.BadEnvName, Severity.Warning, path.ToString(), at,
                $"the variable {Quoting.Quote(name)} changes how every program of the job is loaded, its shell too", help: null);
        }
    }
}
