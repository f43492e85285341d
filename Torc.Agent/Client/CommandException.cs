using Torc.Shared.Contracts;

namespace Torc.Agent.Client;

/// <summary>A command cannot do what it was asked to; the message is for the person who typed it.</summary>
internal class CommandException(ExitCode exitCode, string message) : Exception(message)
{
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>The same for a program.</summary>
    public virtual CommandProblem Problem => new(Message, (int)ExitCode);
}
