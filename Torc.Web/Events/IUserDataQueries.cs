using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Events;

/// <summary>What pages and programs may ask about user data.</summary>
public interface IUserDataQueries
{
    /// <summary>Lists the user data of a workflow in the order of its spec.</summary>
    Task<IReadOnlyList<UserDataView>> ListAsync(WorkflowId workflow, CancellationToken cancel);

    /// <summary>The last value that each attempt gave it, and somebody from outside in each run: the newest first.</summary>
    Task<IReadOnlyList<UserDataValueView>> HistoryAsync(WorkflowId workflow, string name, CancellationToken cancel);
}
