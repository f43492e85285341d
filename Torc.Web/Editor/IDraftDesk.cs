using Torc.Shared.Jobs;
using Torc.Shared.Specs;

namespace Torc.Web.Editor;

/// <summary>What the editor asks of the rest of the server.</summary>
public interface IDraftDesk
{
    /// <summary>Reads the text of a draft and compares it with the nodes and files that there are.</summary>
    Task<SpecReading> CheckAsync(DraftState state, CancellationToken cancel);

    /// <summary>Makes a workflow of a draft, or another version of the workflow whose draft it is.</summary>
    /// <param name="over">The version that may be replaced.</param>
    Task<DraftSaving> SaveAsync(DraftState state, int? over, CancellationToken cancel);

    /// <returns>Why the workflow was not started; null if it was. A workflow that ran before is run again from its own page.</returns>
    Task<string?> StartAsync(WorkflowId workflow, CancellationToken cancel);

    /// <summary>A spec of a workflow.</summary>
    /// <param name="version">Null for the newest.</param>
    /// <returns>Null if there is no such workflow, or it has no such version.</returns>
    Task<(int Version, string FileName, string Text, string Directory)?> VersionAsync(WorkflowId workflow, int? version, CancellationToken cancel);
}
