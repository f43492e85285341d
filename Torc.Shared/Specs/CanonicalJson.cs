using System.Globalization;
using System.Text;
using Torc.Shared.Quantities;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Writes a value of any notation as JSON without spaces, keys in the order of the document, numbers as they were written.</summary>
internal static class CanonicalJson
{
    /// <returns>Null, and problems, if JSON has no such value.</returns>
    public static string? Write(SpecProblems problems, SpecNode value, SpecPath path)
    {
        var json = new StringBuilder();
        return TryWrite(json, problems, value, path) ? json.ToString() : null;
    }

    // Recursive: documents are not nested deeper than their limit.
    private static bool TryWrite(StringBuilder json, SpecProblems problems, SpecNode value, SpecPath path)
    {
        switch (value)
        {
            case SpecNode.Mapping mapping:
                json.Append('{');
                for (int index = 0; index < mapping.Entries.Count; index++)
                {
                    var entry = mapping.Entries[index];
                    json.Append(index == 0 ? "" : ",");
                    WriteText(json, entry.Key);
                    json.Append(':');
                    if (!TryWrite(json, problems, entry.Value, path[entry.Key]))
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
                    if (!TryWrite(json, problems, sequence.Items[index], path[index]))
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
                WriteText(json, text.Text);
                return true;
            case var tooLong:
                problems.Error(DiagnosticCodes.Limit, path.ToString(), tooLong.At, "this text is longer than 1 MiB", "keep long texts in a file");
                return false;
        }
    }

    // Only what JSON asks for is escaped: the text is stored and read again as JSON, never pasted into a page.
    private static void WriteText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' => json.Append('\\').Append(character),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => json.Append(character),
            };
        }

        json.Append('"');
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
