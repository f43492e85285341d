using System.Globalization;
using System.Text;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>What commands, paths and variables may hold, so that a kernel takes them.</summary>
internal static class TextRules
{
    /// <summary>Takes a command out of a job.</summary>
    /// <returns>Null if it is absent.</returns>
    public static string? Command(SpecObject job, string key, bool isRequired)
    {
        if (!isRequired && job.Find(key) is null)
        {
            return null;
        }

        if (job.RequireText(key) is not { } scalar)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(scalar.Text))
        {
            Refuse(job.Problems, job.Path[key], scalar, $"{key} of {job.What} is empty", "write what the shell is to run, or \"true\" to do nothing");
        }
        else
        {
            Check(
                job.Problems, job.Path[key], scalar, $"{key} of {job.What}", SpecLimits.CommandBytes, "128 KiB", "put the command into a script and call that");
        }

        return scalar.Text;
    }

    public static void CheckPath(SpecProblems problems, SpecPath path, SpecNode.Scalar scalar)
    {
        if (string.IsNullOrWhiteSpace(scalar.Text))
        {
            Refuse(problems, path, scalar, "a path must not be empty", help: null);
            return;
        }

        foreach (var control in scalar.Text.EnumerateRunes())
        {
            if (Rune.IsControl(control))
            {
                Refuse(problems, path, scalar, $"a path must not have {Quoting.Name(control)}", help: null);
                return;
            }
        }

        Check(problems, path, scalar, "a path", SpecLimits.PathBytes, string.Create(CultureInfo.InvariantCulture, $"{SpecLimits.PathBytes} bytes"), help: null);
    }

    /// <summary>Checks the value of an environment variable.</summary>
    public static void CheckLine(SpecProblems problems, SpecPath path, SpecNode.Scalar scalar, string what) =>
        Check(problems, path, scalar, what, SpecLimits.CommandBytes, "128 KiB", "put the value into a file");

    private static void Check(SpecProblems problems, SpecPath path, SpecNode.Scalar scalar, string what, int maxBytes, string limit, string? help)
    {
        if (scalar.Text.Contains('\0'))
        {
            Refuse(problems, path, scalar, $"{what} must not have a NUL character", help: null);
        }
        else if (Encoding.UTF8.GetByteCount(scalar.Text) > maxBytes)
        {
            problems.Error(DiagnosticCodes.Limit, path.ToString(), scalar.At, $"{what} is longer than {limit}: {Quoting.Quote(scalar.Text)}", help);
        }
    }

    private static void Refuse(SpecProblems problems, SpecPath path, SpecNode.Scalar scalar, string message, string? help) =>
        problems.Error(DiagnosticCodes.BadText, path.ToString(), scalar.At, message, help);
}
