using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Web.Api;
using Torc.Web.Engine;

namespace Torc.Web.Nodes;

/// <summary>What programs may ask and say about compute nodes.</summary>
internal static class NodeEndpoints
{
    public static void MapTorcNodes(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.MapGroup("/api/v1/nodes").WithTags("nodes");
        nodes.MapGet("/", ListAsync).Describe("list_nodes", "Lists the compute nodes");
        nodes.MapGet("/{id:long}/samples", SamplesAsync).Describe("list_node_samples", "What a node did in the last week, whoever used it", 404, 422);
        nodes.MapPost("/{id:long}/gone", DeclareGoneAsync).Describe("declare_node_gone", "Says that a node will not come back, so that what ran there is lost", 404, 409);
        routes.MapGet("/api/v1/usage", UsageAsync).WithTags("nodes").Describe("get_usage", "What nodes and running jobs use now");
    }

    private static async Task<Ok<UsageView>> UsageAsync(WorkflowEngine engine, CancellationToken cancel, [Description("The number of a workflow: only its jobs. Without it all.")] long? workflow = null) =>
        TypedResults.Ok(await engine.ReadAsync(state => state.Usage(workflow is { } id ? new WorkflowId(id) : null), cancel));

    private static async Task<Results<Ok<IReadOnlyList<SampleView>>, JsonHttpResult<Problem>>> SamplesAsync(
        long id,
        NodeQueries queries,
        CancellationToken cancel,
        [Description("At most so many, 1 to 2,000; of several that lie next to each other come mean, lowest and highest.")] int points = Downsampling.MostPoints,
        [Description("The first instant, as RFC 3339 has it.")] DateTimeOffset? since = null)
    {
        if (points is < 1 or > Downsampling.MostPoints)
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Too few or too many points", $"Ask for 1 to {Downsampling.MostPoints} points, not {points}.");
        }

        return await queries.SamplesAsync(new NodeId(id), points, since ?? default, cancel) is { } found ? TypedResults.Ok(found) : Problems.NotFound($"There is no node {id}.");
    }

    private static async Task<Ok<IReadOnlyList<NodeView>>> ListAsync(INodeQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.ListAsync(cancel));

    /// <summary>A person says that a node will not come back: what it held is lost, and need not be waited for.</summary>
    private static async Task<Results<Ok<NodeView>, Ok<DryRunView>, JsonHttpResult<Problem>>> DeclareGoneAsync(
        long id, WorkflowEngine engine, CancellationToken cancel, [FromQuery(Name = "dry_run"), Description("Only says what it would do.")] bool dryRun = false)
    {
        var (lost, view) = await engine.ChangeAsync(
            (state, commit, now) =>
            {
                int? lost = dryRun ? state.CountToLose(new NodeId(id)) : state.DeclareGone(new NodeId(id), $"{Environment.UserName} declared its node gone", now, commit);
                return (lost, state.Nodes.FirstOrDefault(node => node.Id.Value == id) is { } node ? node.View() : null);
            },
            cancel);
        return (lost, view) switch
        {
            (_, null) => Problems.NotFound($"There is no node {id}."),
            (null, _) => Problems.Refused(StatusCodes.Status409Conflict, "The node is there", $"The agent of {view.Name} is connected. To end its jobs, stop them."),
            (1, _) when dryRun => TypedResults.Ok(new DryRunView($"{view.Name} would count as gone, and 1 job on it as lost.")),
            (var count, _) when dryRun => TypedResults.Ok(new DryRunView($"{view.Name} would count as gone, and {count} jobs on it as lost.")),
            _ => TypedResults.Ok(view),
        };
    }
}
