using System.Globalization;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>What commands, paths and variables may hold, so that a kernel takes them.</summary>
internal static class TextRules
{
    /// <param name="what">For messages: <c>command of job "work1"</c>.</param>
    public static void CheckCommand(SpecProblems problems, SpecPath path, TextSpan at, string what, string command)
    {
        if (string.IsNullOrWhiteSpace(command))
        {
            Refuse(problems, path, at, $"{what} is empty", "write what the shell is to run, or \"true\" to do nothing");
        }
        else
        {
            Check(problems, path, at, command, what, SpecLimits.CommandBytes, "128 KiB", "put the command into a script and call that");
        }
    }

    public static void CheckPath(SpecProblems problems, SpecPath path, TextSpan at, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(problems, path, at, "a path must not be empty", help: null);
            return;
        }

        foreach (var control in text.EnumerateRunes())
        {
            if (Rune.IsControl(control))
            {
                Refuse(problems, path, at, $"a path must not have {Quoting.Name(control)}", help: null);
                return;
            }
        }

        Check(problems, path, at, text, "a path", SpecLimits.PathBytes, string.Create(CultureInfo.InvariantCulture, $"{SpecLimits.PathBytes} bytes"), help: null);
    }

    /// <summary>Checks the value of an environment variable.</summary>
    public static void CheckLine(SpecProblems problems, SpecPath path, TextSpan at, string what, string text) =>
        Check(problems, path, at, text, what, SpecLimits.CommandBytes, "128 KiB", "put the value into a file");

    private static void Check(SpecProblems problems, SpecPath path, TextSpan at, string text, string what, int maxBytes, string limit, string? help)
    {
        if (text.Contains('\0'))
        {
            Refuse(problems, path, at, $"{what} must not have a NUL character", help: null);
        }
        else if (text.Length > maxBytes / 4 && Encoding.UTF8.GetByteCount(text) > maxBytes)
        {
            problems.Error(DiagnosticCodes.Limit, path.ToString(), at, $"{what} is longer than {limit}: {Quoting.Quote(text)}", help);
        }
    }

    private static void Refuse(SpecProblems problems, SpecPath path, TextSpan at, string message, string? help) =>
        problems.Error(DiagnosticCodes.BadText, path.ToString(), at, message, help);
}
