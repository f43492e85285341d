using System.Text;
using Torc.Agent.Sampling;
using Torc.Shared.Jobs;

namespace Torc.Agent.Running;

/// <summary>Recognises processes of this agent's attempts by what they carry in their environment.</summary>
internal sealed class Marks(string agentId)
{
    private static readonly byte[] Agent = Encoding.UTF8.GetBytes(JobEnvironment.AgentMark + "=");
    private static readonly byte[] Attempt = Encoding.UTF8.GetBytes(JobEnvironment.AttemptMark + "=");

    /// <returns>Null if it belongs to nobody, to another agent, or if its environment may not be read.</returns>
    public AttemptId? Of(int pid) =>
        string.Equals(ProcFolder.Variable(pid, Agent), agentId, StringComparison.Ordinal) && AttemptId.TryParse(ProcFolder.Variable(pid, Attempt), out var attempt) ? attempt : null;
}
