using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Puts paths and values in the place of <c>${files.input.NAME}</c> in what a shell is to run.</summary>
internal sealed class ReferenceInsertion(
    SpecProblems problems, DeclaredThings<FileDefinition> files, DeclaredThings<DatasetDefinition> datasets, DeclaredThings<UserDataDefinition> userData)
{
    /// <param name="path">Where the command stands.</param>
    /// <param name="place">Whose command it is, for messages.</param>
    /// <param name="what">What it is, for messages: goes on with "is longer than …".</param>
    /// <param name="resolve">Finds the position of a thing of the kind that a reference names; null, and a problem, if there is none.</param>
    /// <returns>The command as it was if it becomes too long, which is a problem.</returns>
    public string Insert(string command, SpecPath path, TextSpan at, string place, string what, Func<CommandReference, TextSpan, int?> resolve)
    {
        if (!command.Contains("${", StringComparison.Ordinal))
        {
            return command;
        }

        var replaced = new StringBuilder();
        int copied = 0;
        int searchFrom = at.Start;
        foreach (var reference in CommandReference.FindAll(command))
        {
            var referenceAt = PlaceOf(reference, at, ref searchFrom);
            replaced.Append(command, copied, reference.Start - copied).Append(Replacement(command, reference, referenceAt, path, place, resolve));
            copied = reference.Start + reference.Text.Length;
            if (replaced.Length > SpecLimits.TextLength)
            {
                break;
            }
        }

        replaced.Append(command, copied, command.Length - copied);
        if (copied == 0 || !problems.AllowsText(replaced.Length, path, at))
        {
            return command;
        }

        string text = replaced.ToString();
        TextRules.CheckCommand(problems, path, at, what, text);
        return text;
    }

    private string Replacement(string command, CommandReference reference, TextSpan at, SpecPath path, string place, Func<CommandReference, TextSpan, int?> resolve)
    {
        if (!reference.IsWhole)
        {
            problems.Error(
                DiagnosticCodes.BadReference, path.ToString(), at, $"{Quoting.Quote(reference.Text)} in {place} is not a reference that Torc knows",
                $"write ${{{reference.Kind}.input.NAME}} or ${{{reference.Kind}.output.NAME}}");
            return reference.Text;
        }

        if (resolve(reference, at) is not { } position)
        {
            return reference.Text;
        }

        var (what, text) = reference.Kind switch
        {
            "files" => ("path", files[position].Path),
            "datasets" => ("path", datasets[position].Path),
            _ => userData[position].Data is { } json ? ("data", json) : ("name", userData[position].Name),
        };
        return Written(what, text, command, reference, at, path);
    }

    private string Written(string what, string text, string command, CommandReference reference, TextSpan at, SpecPath path)
    {
        char open = ShellText.QuoteAt(command, reference.Start);
        string written = ShellText.Insert(text, open);
        if (open != '\0' && !string.Equals(written, text, StringComparison.Ordinal))
        {
            problems.Add(
                DiagnosticCodes.QuotedReference, Severity.Warning, path.ToString(), at,
                $"the {what} {Quoting.Quote(text)} is escaped where it replaces {Quoting.Quote(reference.Text)}, since that stands inside quotes",
                "remove the quotes around the reference");
        }

        return written;
    }

    // The reference itself if the document spells it as the command does; the whole command if escapes or folding hide it.
    private TextSpan PlaceOf(CommandReference reference, TextSpan command, ref int searchFrom)
    {
        string text = problems.Text.Text;
        int end = Math.Min(command.End, text.Length);
        int found = searchFrom < end ? text.IndexOf(reference.Text, searchFrom, end - searchFrom, StringComparison.Ordinal) : -1;
        if (found < 0)
        {
            return command;
        }

        searchFrom = found + reference.Text.Length;
        return new TextSpan(found, searchFrom);
    }
}
