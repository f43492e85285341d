using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Search;

/// <summary>What pages and programs may look for.</summary>
public interface ISearch
{
    /// <param name="text">Words that the name has, in any order and in capital letters or not, or the number of a workflow; empty for the newest workflows.</param>
    /// <param name="workflow">Whose jobs may be meant; null for none.</param>
    /// <returns>The best first.</returns>
    Task<IReadOnlyList<SearchHit>> FindAsync(string text, WorkflowId? workflow, int limit, CancellationToken cancel);
}
