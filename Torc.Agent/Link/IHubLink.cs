using Torc.Shared.Contracts;
using Torc.Shared.Metrics;

namespace Torc.Agent.Link;

/// <summary>One connection to the hub. It never comes back by itself: after any failure the conversation starts over with a new one.</summary>
internal interface IHubLink : IAsyncDisposable
{
    /// <summary>Where jobs find the server.</summary>
    string ApiUrl { get; }

    /// <summary>Canceled when the connection is lost.</summary>
    CancellationToken Lost { get; }

    Task<AgentWelcome> HelloAsync(AgentHello hello, CancellationToken cancel);

    Task<ReportAnswer> ReportAsync(AgentReport report, CancellationToken cancel);

    /// <summary>Returns when the samples are on their way; nobody says whether they arrived.</summary>
    Task SampleAsync(IReadOnlyList<AttemptSample> samples, CancellationToken cancel);

    /// <summary>The same for what the node does.</summary>
    Task SampleNodeAsync(IReadOnlyList<UsagePoint> points, CancellationToken cancel);

    /// <summary>Returns when the digests are on their way; nobody says whether they arrived.</summary>
    Task DigestAsync(IReadOnlyList<FileDigest> digests, CancellationToken cancel);
}
