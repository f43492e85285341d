using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Web.Shell;

namespace Torc.Web.Nodes;

/// <summary>One compute node: what it has, what was used of it in the last hour, and what runs there.</summary>
public sealed partial class NodePage(INodeQueries queries, TimeProvider time) : FollowingNodes(queries, time)
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    private readonly TimeProvider _time = time;

    [Parameter]
    public long Id { get; set; }

    private NodeView? Node => Now?.Nodes.FirstOrDefault(node => node.Id.Value == Id);

    /// <summary>The newest sample says whether there is something new to draw.</summary>
    private static long BeatOf(SampleView? newest) => newest?.At.ToUnixTimeMilliseconds() ?? 0;

    private string Source() => string.Create(CultureInfo.InvariantCulture, $"api/v1/nodes/{Id}/samples?points=720&since={InstantText.ForBrowser(_time.GetUtcNow() - Shown)}");
}
