using System.Globalization;
using System.Text;
using Torc.Shared.Quantities;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

/// <summary>Writes a value of any notation as JSON without spaces, keys in the order of the document, numbers as they were written.</summary>
internal static class CanonicalJson
{
    /// <param name="fill">Puts parameters into the texts, keys aside; null leaves them as they are.</param>
    /// <returns>Null, and problems, if JSON has no such value.</returns>
    public static string? Write(SpecProblems problems, SpecNode value, SpecPath path, Func<SpecNode.Scalar, string>? fill = null)
    {
        var json = new StringBuilder();
        return TryWrite(json, problems, value, path, fill) ? json.ToString() : null;
    }

    // Recursive: documents are not nested deeper than their limit.
    private static bool TryWrite(StringBuilder json, SpecProblems problems, SpecNode value, SpecPath path, Func<SpecNode.Scalar, string>? fill)
    {
        switch (value)
        {
            case SpecNode.Mapping mapping:
                json.Append('{');
                for (int index = 0; index < mapping.Entries.Count; index++)
                {
                    var entry = mapping.Entries[index];
                    json.Append(index == 0 ? "" : ",");
                    QuotedText.AppendJson(json, entry.Key);
                    json.Append(':');
                    if (!TryWrite(json, problems, entry.Value, path[entry.Key], fill))
                    {
                        return false;
                    }
                }

                json.Append('}');
                return true;
            case SpecNode.Sequence sequence:
                json.Append('[');
                for (int index = 0; index < sequence.Items.Count; index++)
                {
                    json.Append(index == 0 ? "" : ",");
                    if (!TryWrite(json, problems, sequence.Items[index], path[index], fill))
                    {
                        return false;
                    }
                }

                json.Append(']');
                return true;
            case SpecNode.Scalar { Kind: ScalarKind.Null }:
                json.Append("null");
                return true;
            case SpecNode.Scalar { Kind: ScalarKind.Boolean } flag:
                json.Append(flag.Text.ToLowerInvariant());
                return true;
            case SpecNode.Scalar { Kind: ScalarKind.Number } number:
                return TryWriteNumber(json, problems, number, path);
            case SpecNode.Scalar { Text.Length: <= SpecLimits.TextLength } text:
                QuotedText.AppendJson(json, fill is null ? text.Text : fill(text));
                return true;
            case var tooLong:
                problems.Error(DiagnosticCodes.Limit, path.ToString(), tooLong.At, "this text is longer than 1 MiB", "keep long texts in a file");
                return false;
        }
    }

    private static bool TryWriteNumber(StringBuilder json, SpecProblems problems, SpecNode.Scalar number, SpecPath path)
    {
        if (NumberText.IsEndless(number.Text))
        {
            problems.Error(
                DiagnosticCodes.BadValue, path.ToString(), number.At, $"the number {Quoting.Shorten(number.Text)} is out of range", "JSON cannot hold it");
            return false;
        }

        if (NumberText.IsJson(number.Text))
        {
            json.Append(number.Text);
            return true;
        }

        // What is left are numbers of YAML: those that look octal or hexadecimal are refused, those such as .5 and +1.0 are clear.
        string? rewritten = NumberText.Rewrite(number.Text);
        if (rewritten is null && double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            json.Append(value.ToString("R", CultureInfo.InvariantCulture));
            return true;
        }

        problems.Error(
            DiagnosticCodes.BadValue, path.ToString(), number.At, $"the number {Quoting.Shorten(number.Text)} can be read in two ways",
            rewritten is null ? "put it in quotes if it is a text" : $"write {rewritten}, or put it in quotes if it is a text");
        return false;
    }
}
