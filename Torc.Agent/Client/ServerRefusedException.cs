using Torc.Shared.Contracts;

namespace Torc.Agent.Client;

/// <summary>The server answered, and did not do it.</summary>
internal sealed class ServerRefusedException(ExitCode exitCode, Problem problem) : CommandException(exitCode, $"{problem.Title}. {problem.Detail}".TrimEnd())
{
    public override CommandProblem Problem => new(problem.Title, (int)ExitCode, problem.Detail, problem.Status, problem.Code);
}
