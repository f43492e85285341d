using Torc.Shared.Contracts;
using Torc.Shared.Workflows;
using Torc.Shared.Workflows.Selection;

namespace Torc.Web.Graph;

/// <summary>Searches the jobs of a workflow as the command line selects them; a single word is looked for in all names.</summary>
public static class JobSearch
{
    private const int MostShown = 50;

    /// <param name="jobs">All of them, in the order of the spec.</param>
    public static JobHits Find(WorkflowDefinition workflow, IReadOnlyList<JobView> jobs, string text)
    {
        if (SelectionText.TryParse(text, out var problem) is not { } selection)
        {
            return new JobHits([], [], text, problem!.ToString());
        }

        // Who types a word has not typed all of it yet.
        if (selection is JobSelection.Named { Name: var word })
        {
            var alike = Enumerable.Range(0, jobs.Count).Where(position => jobs[position].Name.Contains(word, StringComparison.Ordinal));
            return Hits(jobs, [.. alike.OrderBy(position => !jobs[position].Name.Equals(word, StringComparison.Ordinal))], $"*{word}*");
        }

        var found = new SelectedJobs(workflow, position => jobs[position].Status, position => jobs[position].Node).Of(selection, out var unknown);
        return unknown is null ? Hits(jobs, found, text) : new JobHits([], [], text, $"There is no {unknown.What} “{unknown.Name}”.");
    }

    private static JobHits Hits(IReadOnlyList<JobView> jobs, IReadOnlyList<int> positions, string selection) =>
        new([.. positions.Take(MostShown).Select(position => jobs[position])], positions, selection, Problem: null);
}
