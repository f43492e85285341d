using System.Collections.Concurrent;
using Torc.Shared.Workflows;
using Torc.Web.Graph;

namespace Torc.Web.Workflows;

/// <summary>One version of a workflow's spec, with its groups and drawings: they are made once and serve whoever looks.</summary>
public sealed class WorkflowShape(WorkflowDefinition definition)
{
    /// <summary>Who opens group after group must not fill the memory.</summary>
    private const int MostPictures = 100;

    private readonly Lazy<JobGroups> _groups = new(() => JobGroups.Of(definition));
    private readonly ConcurrentDictionary<string, GraphPicture> _pictures = [];

    public WorkflowDefinition Definition => definition;

    public JobGroups Groups => _groups.Value;

    public GraphPicture Picture(GraphView view)
    {
        if (_pictures.TryGetValue(view.Key, out var known))
        {
            return known;
        }

        if (_pictures.Count >= MostPictures)
        {
            _pictures.Clear();
        }

        return _pictures[view.Key] = GraphPicture.Draw(definition, Groups, view);
    }
}
