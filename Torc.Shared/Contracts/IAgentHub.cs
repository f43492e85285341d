using Torc.Shared.Metrics;

namespace Torc.Shared.Contracts;

/// <summary>
/// What an agent may ask of the hub, at <see cref="HubPaths.Agents"/>. Method names are wire names, hence without "Async".
/// Every call may be repeated after a lost connection without harm, and is answered after its commit.
/// </summary>
public interface IAgentHub
{
    /// <summary>
    /// Opens or reopens the conversation. The hub takes back each attempt that it believed this node held and that
    /// <see cref="AgentHello.Held"/> does not list, so both sides agree again after any outage.
    /// </summary>
    Task<AgentWelcome> Hello(AgentHello hello);

    /// <summary>
    /// Tells what happened to attempts, oldest first, and asks for jobs that fit: both may be nothing. The agent's keeper
    /// keeps each end until this call returns.
    /// </summary>
    Task<ReportAnswer> Report(AgentReport report);

    /// <summary>Sends utilization samples. They may be lost: a chart survives a gap.</summary>
    Task Sample(IReadOnlyList<AttemptSample> samples);

    /// <summary>The same for what the node does, whoever uses it; of its storage it does not tell.</summary>
    Task SampleNode(IReadOnlyList<UsagePoint> points);

    /// <summary>Tells what was in files that attempts read and wrote. It may be lost: whoever needs to know asks.</summary>
    Task Digest(IReadOnlyList<FileDigest> digests);
}
