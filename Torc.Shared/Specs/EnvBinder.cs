using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Reads environment variables.</summary>
internal static class EnvBinder
{
    /// <param name="inherited">What the workflow sets; the object's own entries win.</param>
    public static IReadOnlyDictionary<string, string> Bind(SpecObject source, IReadOnlyDictionary<string, string> inherited)
    {
        if (source.Find("env") is not { } node)
        {
            return inherited;
        }

        var path = source.Path["env"];
        if (node is not SpecNode.Mapping variables)
        {
            source.WrongKind(node, path, "env", "an object of names and values");
            return inherited;
        }

        var env = new Dictionary<string, string>(inherited);
        foreach (var (name, nameAt, value) in variables.Entries)
        {
            CheckName(source.Problems, path[name], name, nameAt);
            switch (value)
            {
                // A number stands for itself here: 4, 0.50 and 010 reach the job as they were written.
                case SpecNode.Scalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar:
                    TextRules.CheckLine(source.Problems, path[name], scalar, $"the variable {Quoting.Quote(name)}");
                    env[name] = scalar.Text;
                    break;
                case SpecNode.Scalar { Kind: ScalarKind.Boolean } flag:
                    source.WrongKind(value, path[name], $"the variable {Quoting.Quote(name)}", "a text", $"write \"{flag.Text}\" with quotes");
                    break;
                default:
                    source.WrongKind(
                        value, path[name], $"the variable {Quoting.Quote(name)}", "a text", value is SpecNode.Scalar ? "write \"\" for an empty value" : null);
                    break;
            }
        }

        return env;
    }

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
