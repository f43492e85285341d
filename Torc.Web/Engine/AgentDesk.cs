using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Web.Security;

namespace Torc.Web.Engine;

/// <summary>Serves agents, whatever the wire that they come over.</summary>
internal sealed class AgentDesk(WorkflowEngine engine, IEngineStore store, IOptions<EngineOptions> options, AttemptTokens tokens)
{
    /// <param name="connection">The wire's name for the connection.</param>
    /// <returns>Null if a newer conversation of the same agent is open.</returns>
    public async Task<AgentWelcome?> HelloAsync(AgentHello hello, string connection)
    {
        // Heard to the end even if the line breaks meanwhile, or nobody would take the connection out again.
        if (await engine.ChangeAsync((state, commit, now) => state.Hello(hello, connection, now, commit), CancellationToken.None) is not { } answer)
        {
            return null;
        }

        // An attempt whose end is stored and was seen by the agent only waits for the word that it arrived. One that still runs
        // was given up with its whole workflow; one that the store does not know belongs to another database.
        var told = await store.EndedAsync([.. answer.Unknown.Intersect(hello.Ended)], CancellationToken.None);
        return new AgentWelcome(answer.Node, [.. answer.Drop, .. answer.Unknown.Where(attempt => !told.Contains(attempt))], options.Value.Heartbeat);
    }

    /// <returns>Null if the conversation that it belongs to was given up.</returns>
    public async Task<ReportAnswer?> ReportAsync(NodeId node, AgentReport report, string connection, CancellationToken cancel) =>
        await engine.ChangeAsync((state, commit, now) => state.Report(node, connection, report, now, commit), cancel) is { } answer
            ? answer with { Start = [.. answer.Start.Select(assignment => assignment with { Token = tokens.For(assignment.Attempt) })] }
            : null;

    public Task SampledAsync(NodeId node, IReadOnlyList<AttemptSample> samples, CancellationToken cancel) => engine.ChangeAsync(
        (state, commit, _) =>
        {
            state.Sampled(node, samples, commit);
            return true;
        },
        cancel);

    public Task SampledAsync(NodeId node, IReadOnlyList<UsagePoint> points, CancellationToken cancel) => engine.ChangeAsync(
        (state, commit, _) =>
        {
            state.Sampled(node, points, commit);
            return true;
        },
        cancel);

    public Task DigestedAsync(IReadOnlyList<FileDigest> digests, CancellationToken cancel) => engine.ChangeAsync(
        (_, commit, _) =>
        {
            commit.Digests.AddRange(digests);
            return true;
        },
        cancel);

    public Task DisconnectedAsync(NodeId node, string connection) => engine.ChangeAsync(
        (state, commit, _) =>
        {
            state.Disconnected(node, connection, commit);
            return true;
        },
        CancellationToken.None);
}
