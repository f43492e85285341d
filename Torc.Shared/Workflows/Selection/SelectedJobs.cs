using System.Globalization;
using System.IO.Enumeration;
using Torc.Shared.Jobs;

namespace Torc.Shared.Workflows.Selection;

/// <summary>Finds the jobs that a selection means, by position.</summary>
/// <param name="statusOf">Where the job at a position stands.</param>
/// <param name="nodeOf">The node of its newest attempt; null if it has had none.</param>
public sealed class SelectedJobs(WorkflowDefinition definition, Func<int, JobStatus> statusOf, Func<int, string?> nodeOf)
{
    private readonly Lazy<JobGroups> _groups = new(() => JobGroups.Of(definition));
    private readonly Lazy<Dictionary<string, int>> _positions = new(() => definition.Jobs.Select((job, position) => (job.Name, position)).ToDictionary(job => job.Name, job => job.position));

    /// <summary>In the order of the spec.</summary>
    /// <param name="unknown">A name of the selection that no job, group or parameter has: whoever typed it means another. Null if there is none.</param>
    public IReadOnlyList<int> Of(JobSelection selection, out UnknownName? unknown)
    {
        unknown = Unknown(selection);
        bool[] chosen = Find(selection);
        return [.. Enumerable.Range(0, chosen.Length).Where(position => chosen[position])];
    }

    private bool[] Find(JobSelection selection) => selection switch
    {
        JobSelection.Named { Name: var name } => _positions.Value.TryGetValue(name, out int at) ? Where(position => position == at) : Where(_ => false),
        JobSelection.Like { Pattern: var pattern } => Where(position => IsLike(pattern, definition.Jobs[position].Name)),
        JobSelection.InStatus { Status: var status } => Where(position => statusOf(position) == status),
        JobSelection.OnNode { Pattern: var pattern } => Where(position => nodeOf(position) is { } node && IsLike(pattern, node)),
        JobSelection.InGroup { Pattern: var pattern } => InGroups(pattern),
        JobSelection.WithParameter { Name: var name, Pattern: var pattern } => Where(position => ParameterOf(position, name) is { } value && IsValue(pattern, value)),
        JobSelection.Around around => Walk(around),
        JobSelection.Not { Of: var of } => Array.ConvertAll(Find(of), isChosen => !isChosen),
        JobSelection.Every { Parts: var parts } => parts.Select(Find).Aggregate((left, right) => Where(position => left[position] && right[position])),
        JobSelection.Any { Parts: var parts } => parts.Select(Find).Aggregate((left, right) => Where(position => left[position] || right[position])),
        _ => throw new ArgumentOutOfRangeException(nameof(selection)),
    };

    private bool[] Walk(JobSelection.Around around)
    {
        bool[] from = Find(around.From);
        bool[] up = Reach(from, around.Up, position => definition.Graph.BlockersOf(position));
        bool[] down = Reach(from, around.Down, position => definition.Graph.DependentsOf(position));
        return Where(position => up[position] || down[position]);
    }

    private static bool[] Reach(bool[] from, int steps, Func<int, ReadOnlySpan<int>> next)
    {
        bool[] reached = [.. from];
        var edge = Enumerable.Range(0, from.Length).Where(position => from[position]).ToList();
        for (int step = 0; step < steps && edge.Count > 0; step++)
        {
            var beyond = new List<int>();
            foreach (int position in edge)
            {
                foreach (int neighbor in next(position))
                {
                    if (!reached[neighbor])
                    {
                        reached[neighbor] = true;
                        beyond.Add(neighbor);
                    }
                }
            }

            edge = beyond;
        }

        return reached;
    }

    private bool[] Where(Func<int, bool> isChosen)
    {
        bool[] chosen = new bool[definition.Jobs.Count];
        for (int position = 0; position < chosen.Length; position++)
        {
            chosen[position] = isChosen(position);
        }

        return chosen;
    }

    private bool[] InGroups(string pattern)
    {
        bool[] isMeant = [.. _groups.Value.Groups.Select(group => IsLike(pattern, group.Name))];
        return Where(position => isMeant[_groups.Value.Of(position)]);
    }

    private string? ParameterOf(int position, string name) => JobParameters.Find(definition.Jobs[position].Parameters, name);

    private static bool IsValue(string pattern, string value) => IsLike(pattern, value) || (Number(pattern) is { } wanted && wanted == Number(value));

    // 0457 is 457, and 1e-3 is 0.001.
    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private UnknownName? Unknown(JobSelection selection) => selection switch
    {
        JobSelection.Named { Name: var name } => _positions.Value.ContainsKey(name) ? null : new UnknownName("job", name),
        JobSelection.InGroup { Pattern: var pattern } => _groups.Value.Groups.Any(group => IsLike(pattern, group.Name)) ? null : new UnknownName("group", pattern),
        JobSelection.WithParameter { Name: var name } => definition.Jobs.Any(job => JobParameters.Find(job.Parameters, name) is not null) ? null : new UnknownName("parameter", name),
        JobSelection.Around { From: var from } => Unknown(from),
        JobSelection.Not { Of: var of } => Unknown(of),
        JobSelection.Every { Parts: var parts } => parts.Select(Unknown).FirstOrDefault(name => name is not null),
        JobSelection.Any { Parts: var parts } => parts.Select(Unknown).FirstOrDefault(name => name is not null),
        _ => null,
    };

    private static bool IsLike(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
