using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>What pages may ask about files.</summary>
public interface IFileQueries
{
    /// <summary>Lists files of a workflow in the order of its spec, at most 500.</summary>
    /// <param name="search">A part of their names or paths; null for all.</param>
    Task<FileList> ListAsync(WorkflowId workflow, string? search, CancellationToken cancel);
}
