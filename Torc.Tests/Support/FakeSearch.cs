using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Search;

namespace Torc.Tests.Support;

/// <summary>Finds workflows and jobs that were added by hand, by a part of their name or by number.</summary>
internal sealed class FakeSearch(FakeWorkflows workflows) : ISearch
{
    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, WorkflowId? workflow, int limit, CancellationToken cancel)
    {
        var found = (await workflows.ListAsync(cancel))
            .Where(one => one.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || $"{one.Id}" == text)
            .Select(one => new SearchHit(SearchKind.Workflow, one.Id.Value, one.Name, Rank(one.Name, text, $"{one.Id}" == text), $"#{one.Id}", $"workflows/{one.Id}"));
        var jobs = workflow is { } home && text.Length > 0 ? await workflows.JobsAsync(home, cancel) : [];
        return
        [
            .. jobs
                .Where(job => job.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Select(job => new SearchHit(SearchKind.Job, job.Id.Value, job.Name, Rank(job.Name, text, isNumber: false), "Done", $"workflows/{workflow}/jobs/{job.Name}"))
                .Concat(found)
                .OrderBy(hit => hit.Rank)
                .Take(limit),
        ];
    }

    private static int Rank(string name, string text, bool isNumber) =>
        isNumber || name.Equals(text, StringComparison.OrdinalIgnoreCase) ? 0 : name.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 1 : 2;
}
