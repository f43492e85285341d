using Torc.Agent.Client;
using Torc.Shared.Specs.Documents;

namespace Torc.Agent.Commands;

/// <summary>A spec that a person named could not be read at all.</summary>
/// <param name="name">As the person wrote it.</param>
internal sealed class UnreadableSpecException(ExitCode exitCode, Diagnostic problem, string name)
    : CommandException(exitCode, DiagnosticText.Render([problem], name, source: null).TrimEnd())
{
    /// <summary>What is wrong with it, as with a spec that can be read.</summary>
    public Diagnostic Diagnostic { get; } = problem;
}
