using Torc.Shared.Specs.Documents;

namespace Torc.Agent.Client;

/// <summary>A spec has errors; nothing was stored.</summary>
internal sealed class SpecRefusedException(IReadOnlyList<Diagnostic> problems) : CommandException(ExitCode.Invalid, "The spec has errors; nothing was stored.")
{
    public IReadOnlyList<Diagnostic> Problems { get; } = problems;
}
