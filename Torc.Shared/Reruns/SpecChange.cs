using Torc.Shared.Workflows;

namespace Torc.Shared.Reruns;

/// <summary>How another spec changes a workflow. Jobs are the same if they have the same name, or if somebody says that one is renamed.</summary>
/// <param name="Origins">For each job of the new definition the position of the same job in the old one; null for a new job.</param>
/// <param name="Added">The names of new jobs.</param>
/// <param name="Removed">The names of jobs that are no more.</param>
/// <param name="Changed">The jobs whose definition is another one, with what is other: such as "command".</param>
/// <param name="Renames">New jobs that do what a job did that is no more: perhaps only its name is another.</param>
public sealed record SpecChange(
    IReadOnlyList<int?> Origins,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<ChangedJob> Changed,
    IReadOnlyList<RenamedJob> Renames)
{
    /// <param name="renames">New names by old ones.</param>
    public static SpecChange Between(WorkflowDefinition old, WorkflowDefinition now, IReadOnlyDictionary<string, string> renames)
    {
        var oldPositions = Enumerable.Range(0, old.Jobs.Count).ToDictionary(position => renames.GetValueOrDefault(old.Jobs[position].Name) ?? old.Jobs[position].Name);
        int?[] origins = [.. now.Jobs.Select(job => oldPositions.TryGetValue(job.Name, out int position) ? position : (int?)null)];
        var kept = origins.OfType<int>().ToHashSet();
        int[] added = [.. Enumerable.Range(0, origins.Length).Where(position => origins[position] is null)];
        int[] removed = [.. Enumerable.Range(0, old.Jobs.Count).Where(position => !kept.Contains(position))];
        var changed = Enumerable.Range(0, origins.Length)
            .Where(position => origins[position] is not null)
            .Select(position => new ChangedJob(now.Jobs[position].Name, [.. Differences(old, origins[position]!.Value, now, position, renames)]))
            .Where(job => job.What.Count > 0);
        var byDeed = removed.ToLookup(position => Deed(old, position));
        var renamed = added
            .Select(position => (New: position, Old: byDeed[Deed(now, position)].ToList()))
            .Where(pair => pair.Old.Count == 1)
            .Select(pair => new RenamedJob(old.Jobs[pair.Old[0]].Name, now.Jobs[pair.New].Name));
        return new SpecChange(
            origins, [.. added.Select(position => now.Jobs[position].Name)], [.. removed.Select(position => old.Jobs[position].Name)], [.. changed], [.. renamed]);
    }

    private static string Deed(WorkflowDefinition definition, int position)
    {
        var job = definition.Jobs[position];
        return string.Join('\n', [job.Command, job.InvocationScript, "<", .. Paths(definition, job.InputFiles), ">", .. Paths(definition, job.OutputFiles)]);
    }

    private static IEnumerable<string> Differences(WorkflowDefinition old, int before, WorkflowDefinition now, int after, IReadOnlyDictionary<string, string> renames)
    {
        var (was, becomes) = (old.Jobs[before], now.Jobs[after]);
        return new (string What, bool IsSame)[]
        {
            ("name", was.Name == becomes.Name),
            ("command", was.Command == becomes.Command),
            ("invocation script", was.InvocationScript == becomes.InvocationScript),
            ("environment", was.Env.Count == becomes.Env.Count && was.Env.All(variable => becomes.Env.GetValueOrDefault(variable.Key) == variable.Value)),
            ("requirements", was.Needs == becomes.Needs),
            ("priority", was.Priority == becomes.Priority),
            ("inputs", Paths(old, was.InputFiles).SequenceEqual(Paths(now, becomes.InputFiles))),
            ("outputs", Paths(old, was.OutputFiles).SequenceEqual(Paths(now, becomes.OutputFiles))),
            ("user data", Data(old, was).SequenceEqual(Data(now, becomes))),
            ("dependencies", Blockers(old, before).Select(name => renames.GetValueOrDefault(name) ?? name).Order(StringComparer.Ordinal).SequenceEqual(Blockers(now, after))),
            ("what happens after a failure", was.CancelOnBlockingJobFailure == becomes.CancelOnBlockingJobFailure && was.OnLost == becomes.OnLost),
        }.Where(part => !part.IsSame).Select(part => part.What);
    }

    private static IEnumerable<string> Paths(WorkflowDefinition definition, IReadOnlyList<int> files) =>
        files.Select(file => definition.Files[file].Path).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Data(WorkflowDefinition definition, JobDefinition job) =>
        job.InputData.Select(data => $"reads {definition.UserData[data].Name}").Concat(job.OutputData.Select(data => $"writes {definition.UserData[data].Name}")).Order(StringComparer.Ordinal);

    // Those of an action are the jobs that it names; of one that is about all jobs there is nothing to tell.
    private static IEnumerable<string> Blockers(WorkflowDefinition definition, int job) =>
        (definition.Jobs[job].Trigger switch
        {
            null => definition.BlockersOf(job),
            { } trigger => trigger.NamesJobs() ? definition.JobsOf(job) : [],
        }).Select(blocker => definition.Jobs[blocker].Name).Order(StringComparer.Ordinal);
}
