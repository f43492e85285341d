using Torc.Shared.Quantities;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

/// <summary>Takes simple values out of a document. Each question reports what is wrong with its answer.</summary>
internal static class SpecValue
{
    /// <param name="name">Names the value for a message, as in all of these.</param>
    /// <returns>Null, and a problem, if it is no text.</returns>
    public static string? Text(SpecProblems problems, SpecNode value, SpecPath path, string name)
    {
        if (value is not SpecNode.Scalar { Kind: ScalarKind.Text } text)
        {
            string? help = value is SpecNode.Scalar { Kind: not ScalarKind.Null } other ? $"write \"{Quoting.Shorten(other.Text)}\" with quotes" : null;
            WrongKind(problems, value, path, name, "a text", help);
            return null;
        }

        if (text.Text.Length > SpecLimits.TextLength)
        {
            problems.Error(DiagnosticCodes.Limit, path.ToString(), text.At, $"{name} is longer than 1 MiB: {Quoting.Quote(text.Text)}");
            return null;
        }

        return text.Text;
    }

    public static int? Whole(SpecProblems problems, SpecNode value, SpecPath path, string name, int min, int max)
    {
        if (value is not SpecNode.Scalar { Kind: ScalarKind.Number or ScalarKind.Text } scalar)
        {
            WrongKind(problems, value, path, name, "a whole number");
            return null;
        }

        long? number = NumberText.TryReadWhole(scalar.Text, min, max, out var problem);
        if (problem is not null)
        {
            problems.Error(DiagnosticCodes.BadValue, path.ToString(), scalar.At, $"{name} {problem.Message}", problem.Help);
            return null;
        }

        if (scalar.Kind == ScalarKind.Text)
        {
            WrongKind(problems, scalar, path, name, "a whole number", $"write {scalar.Text} without quotes");
            return null;
        }

        return (int?)number;
    }

    public static bool? Flag(SpecProblems problems, SpecNode value, SpecPath path, string name)
    {
        if (value is SpecNode.Scalar { Kind: ScalarKind.Boolean } flag)
        {
            return flag.Text.StartsWith('t') || flag.Text.StartsWith('T');
        }

        WrongKind(problems, value, path, name, "true or false", value is SpecNode.Scalar ? "write true or false, without quotes" : null);
        return null;
    }

    public static string? Choice(SpecProblems problems, Suggestions suggestions, SpecNode value, SpecPath path, string name, string[] choices)
    {
        if (Text(problems, value, path, name) is not { } text)
        {
            return null;
        }

        if (choices.Contains(text))
        {
            return text;
        }

        string all = string.Join(", ", choices[..^1].Select(choice => $"\"{choice}\""));
        problems.Error(
            DiagnosticCodes.BadValue, path.ToString(), value.At, $"{name} must be {all} or \"{choices[^1]}\", not {Quoting.Quote(text)}", suggestions.Help(text, choices));
        return null;
    }

    public static void WrongKind(SpecProblems problems, SpecNode value, SpecPath path, string name, string wanted, string? help = null) =>
        problems.Error(DiagnosticCodes.WrongKind, path.ToString(), value.At, $"{name} must be {wanted}, not {Describe(value)}", help);

    public static string Describe(SpecNode value) => value switch
    {
        SpecNode.Mapping => "an object",
        SpecNode.Sequence => "a list",
        SpecNode.Scalar { Kind: ScalarKind.Null } => "null",
        SpecNode.Scalar { Kind: ScalarKind.Number } number => $"the number {Quoting.Shorten(number.Text)}",
        SpecNode.Scalar { Kind: ScalarKind.Boolean } flag => flag.Text,
        SpecNode.Scalar text => $"the text {Quoting.Quote(text.Text)}",
        _ => throw new InvalidOperationException($"{value.GetType()} is no kind of value"),
    };
}
