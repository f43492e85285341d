using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;
using Torc.Web.Engine;

namespace Torc.Web.Nodes;

/// <summary>What programs may ask and say about compute nodes.</summary>
internal static class NodeEndpoints
{
    public static void MapTorcNodes(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.MapGroup("/api/v1/nodes");
        nodes.MapGet("/", ListAsync);
        nodes.MapPost("/{id:long}/gone", DeclareGoneAsync);
    }

    private static async Task<Ok<IReadOnlyList<NodeView>>> ListAsync(WorkflowEngine engine, CancellationToken cancel) =>
        TypedResults.Ok<IReadOnlyList<NodeView>>(await engine.ReadAsync(state => state.Nodes.OrderBy(node => node.Id.Value).Select(View).ToList(), cancel));

    /// <summary>A person says that a node will not come back: what it held is lost, and need not be waited for.</summary>
    private static async Task<Results<Ok<NodeView>, JsonHttpResult<Problem>>> DeclareGoneAsync(long id, WorkflowEngine engine, CancellationToken cancel)
    {
        var (lost, view) = await engine.ChangeAsync(
            (state, commit, now) =>
            {
                int? lost = state.DeclareGone(new NodeId(id), $"{Environment.UserName} declared its node gone", now, commit);
                return (lost, state.Nodes.FirstOrDefault(node => node.Id.Value == id) is { } node ? View(node) : null);
            },
            cancel);
        return (lost, view) switch
        {
            (_, null) => Problems.NotFound($"There is no node {id}."),
            (null, _) => Problems.Refused(StatusCodes.Status409Conflict, "The node is there", $"The agent of {view.Name} is connected. To end its jobs, stop them."),
            _ => TypedResults.Ok(view),
        };
    }

    private static NodeView View(NodeState node) => new(
        node.Id,
        node.Name,
        node.Connection is not null,
        node.LastHeard,
        node.AgentVersion,
        node.Ledger.Capacity,
        node.Ledger.Free,
        node.MemoryGuard,
        node.Ledger.Held.Count());
}
