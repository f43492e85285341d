using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Search;

/// <summary>Finds workflows, jobs and nodes by what they are called. The database sorts, so that of many only those that are shown are read.</summary>
internal sealed class SearchQueries(Func<TorcDbContext> open, WorkflowEngine engine) : ISearch
{
    private const string Escape = "\\";

    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, WorkflowId? workflow, int limit, CancellationToken cancel)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        await using var db = open();
        var workflows = await WorkflowsAsync(db, words, limit, cancel);
        if (words.Length == 0)
        {
            return workflows;
        }

        var jobs = workflow is { } home ? await JobsAsync(db, home, words, limit, cancel) : [];
        var nodes = await NodesAsync(db, words, limit, cancel);
        return [.. jobs.Concat(workflows).Concat(nodes).OrderBy(hit => hit.Rank).Take(limit)];
    }

    private static async Task<IReadOnlyList<SearchHit>> WorkflowsAsync(TorcDbContext db, string[] words, int limit, CancellationToken cancel)
    {
        var (same, beginning) = Whole(words);
        long? number = words is [var only] && long.TryParse(only.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out long read) ? read : null;
        var rows = words.Aggregate(db.Workflows.AsNoTracking(), (rows, word) =>
        {
            string within = Within(word);
            return rows.Where(row => row.Id == number || EF.Functions.Like(row.Name, within, Escape));
        });
        // One that was put away is found by its number alone.
        var found = await rows
            .Where(row => row.ArchivedAt == null || row.Id == number)
            .Select(row => new
            {
                row.Id,
                row.Name,
                row.Project,
                row.Status,
                Rank = row.Id == number || EF.Functions.Like(row.Name, same, Escape) ? 0 : EF.Functions.Like(row.Name, beginning, Escape) ? 1 : 2,
            })
            .OrderBy(row => row.Rank).ThenByDescending(row => row.Id).Take(limit)
            .ToListAsync(cancel);
        return [.. found.Select(row => new SearchHit(
            SearchKind.Workflow,
            row.Id,
            row.Name,
            row.Rank,
            string.Join(" · ", [string.Create(CultureInfo.InvariantCulture, $"#{row.Id}"), .. row.Project is { } project ? [project] : Array.Empty<string>(), StatusLook.Of(row.Status).Word]),
            string.Create(CultureInfo.InvariantCulture, $"workflows/{row.Id}")))];
    }

    private async Task<IReadOnlyList<SearchHit>> JobsAsync(TorcDbContext db, WorkflowId workflow, string[] words, int limit, CancellationToken cancel)
    {
        var (same, beginning) = Whole(words);
        var rows = words.Aggregate(db.Jobs.AsNoTracking().Where(job => job.WorkflowId == workflow.Value && job.RemovedIn == null), (rows, word) =>
        {
            string within = Within(word);
            return rows.Where(job => EF.Functions.Like(job.Name, within, Escape));
        });
        var found = await rows
            .Select(job => new
            {
                job.Id,
                job.Name,
                job.Status,
                job.Position,
                Rank = EF.Functions.Like(job.Name, same, Escape) ? 0 : EF.Functions.Like(job.Name, beginning, Escape) ? 1 : 2,
            })
            .OrderBy(job => job.Rank).ThenBy(job => job.Position).Take(limit)
            .ToListAsync(cancel);
        var unknown = await engine.ReadAsync(state => found.Select(job => job.Id).Where(job => state.UnknownSince(new JobId(job)) is not null).ToHashSet(), cancel);
        return [.. found.Select(job => new SearchHit(SearchKind.Job, job.Id, job.Name, job.Rank, (unknown.Contains(job.Id) ? StatusLook.Unknown(job.Status) : StatusLook.Of(job.Status)).Word, JobAddress.Of(workflow, new JobId(job.Id), job.Name)))];
    }

    private static async Task<IReadOnlyList<SearchHit>> NodesAsync(TorcDbContext db, string[] words, int limit, CancellationToken cancel)
    {
        var (same, beginning) = Whole(words);
        var rows = words.Aggregate(db.Nodes.AsNoTracking(), (rows, word) =>
        {
            string within = Within(word);
            return rows.Where(node => EF.Functions.Like(node.Name, within, Escape));
        });
        var found = await rows
            .Select(node => new
            {
                node.Id,
                node.Name,
                Rank = EF.Functions.Like(node.Name, same, Escape) ? 0 : EF.Functions.Like(node.Name, beginning, Escape) ? 1 : 2,
            })
            .OrderBy(node => node.Rank).ThenByDescending(node => node.Id).Take(limit)
            .ToListAsync(cancel);
        return [.. found.Select(node => new SearchHit(
            SearchKind.Node, node.Id, node.Name, node.Rank, string.Create(CultureInfo.InvariantCulture, $"#{node.Id}"), string.Create(CultureInfo.InvariantCulture, $"nodes/{node.Id}")))];
    }

    private static (string Same, string Beginning) Whole(string[] words)
    {
        string all = Literal(string.Join(' ', words));
        return (all, $"{all}%");
    }

    private static string Within(string word) => $"%{Literal(word)}%";

    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
