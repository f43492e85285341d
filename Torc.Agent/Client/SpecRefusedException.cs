using Torc.Shared.Contracts;
using Torc.Shared.Specs.Documents;

namespace Torc.Agent.Client;

/// <summary>A spec has errors; nothing was stored.</summary>
/// <param name="shown">The problems with the lines that they are about; empty if nobody has the text.</param>
internal sealed class SpecRefusedException(IReadOnlyList<Diagnostic> problems, string shown = "")
    : CommandException(ExitCode.Invalid, $"{shown}{(shown.Length == 0 || shown.EndsWith('\n') ? "" : "\n")}The spec has errors; nothing was stored.")
{
    public IReadOnlyList<Diagnostic> Problems { get; } = problems;

    public override CommandProblem Problem => new("The spec has errors; nothing was stored.", (int)ExitCode, Errors: Problems);
}
