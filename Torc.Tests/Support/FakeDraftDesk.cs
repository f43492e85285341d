using System.Text;
using Torc.Shared.Jobs;
using Torc.Shared.Specs;
using Torc.Web.Editor;
using Torc.Web.Workflows;

namespace Torc.Tests.Support;

/// <summary>Saves as a test says.</summary>
internal sealed class FakeDraftDesk(IWorkflowQueries workflows) : IDraftDesk
{
    /// <summary>What becomes of the next attempt to save.</summary>
    public DraftSaving Saving { get; set; } = new DraftSaving.Refused("Nothing is saved here.");

    /// <summary>The version that was to be replaced last.</summary>
    public int? Over { get; private set; }

    /// <summary>What stands at a path: an input file is there or not.</summary>
    public PathKind Kind { get; set; } = PathKind.Nothing;

    public Task<SpecReading> CheckAsync(DraftState state, CancellationToken cancel)
    {
        var reading = SpecReader.Read(Encoding.UTF8.GetBytes(state.Document.Text), state.Document.FileName);
        reading.CheckPaths("/jobs", missingInput: null, _ => Kind);
        return Task.FromResult(reading);
    }

    public Task<DraftSaving> SaveAsync(DraftState state, int? over, CancellationToken cancel)
    {
        Over = over;
        return Task.FromResult(Saving);
    }

    public Task<string?> StartAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>The newest spec of every workflow; null for that of the workflow that a test made.</summary>
    public (int Version, string FileName, string Text, string Directory)? Newest { get; set; }

    public async Task<(int Version, string FileName, string Text, string Directory)?> VersionAsync(WorkflowId workflow, int? version, CancellationToken cancel) =>
        Newest is not null ? Newest : await workflows.SpecAsync(workflow, version, cancel) is { } spec ? (spec.Version, "spec.yaml", spec.Source.Text, "/jobs") : null;
}
