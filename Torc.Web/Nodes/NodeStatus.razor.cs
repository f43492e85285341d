using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;

namespace Torc.Web.Nodes;

/// <summary>Whether a node is there.</summary>
public sealed partial class NodeStatus
{
    [Parameter, EditorRequired]
    public NodeView Node { get; set; } = null!;
}
