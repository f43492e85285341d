using System.Text;
using Torc.Shared.Jobs;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Web.Engine;
using Torc.Web.Reruns;
using Torc.Web.Workflows;

namespace Torc.Web.Editor;

internal sealed class DraftDesk(WorkflowSubmission submission, SpecDesk specs, WorkflowEngine engine, IWorkflowQueries workflows) : IDraftDesk
{
    public Task<SpecReading> CheckAsync(DraftState state, CancellationToken cancel) => ReadAsync(state, isDecided: false, cancel);

    public async Task<DraftSaving> SaveAsync(DraftState state, int? over, CancellationToken cancel)
    {
        var reading = await ReadAsync(state, isDecided: state.Workflow is not null, cancel);
        if (reading.Definition is not { } definition)
        {
            var first = reading.Problems.First(problem => problem.Severity == Severity.Error);
            return new DraftSaving.Refused($"The spec has a mistake{(first.Line is { } line ? $" in line {line}" : "")}: {first.Message}. The draft is kept.");
        }

        var spec = new SpecSource(FileNameOf(state), state.Document.Text);
        if (state.Workflow is not { } id)
        {
            return await CreateAsync();
        }

        return await specs.ChangeAsync(id, definition, spec, new Dictionary<string, string>(), apply: true, version => version == over, cancel) switch
        {
            // It was deleted meanwhile, and what was written is not lost with it.
            null => await CreateAsync(),
            { IsOther: true } other => new DraftSaving.Conflict(other.View.Version - 1),
            { View.IsApplied: true } change => new DraftSaving.Done(id, change.View.Version, state.Directory ?? ""),
            _ => new DraftSaving.Refused("The workflow runs, and its jobs wait or run by the spec that it has. Stop it or wait for its end, and save then. The draft is kept."),
        };

        async Task<DraftSaving> CreateAsync()
        {
            var created = await submission.CreateAsync(definition, state.Directory, spec, start: false, key: null, cancel);
            return new DraftSaving.Done(created.Id, created.SpecVersion, created.WorkingDirectory);
        }
    }

    public async Task<string?> StartAsync(WorkflowId workflow, CancellationToken cancel) =>
        await engine.ChangeAsync((state, commit, now) => state.Find(workflow) is { } held && state.TryStart(held, Environment.UserName, now, commit), cancel)
            ? null
            : "It ran before, or runs now.";

    public async Task<(int Version, string FileName, string Text, string Directory)?> VersionAsync(WorkflowId workflow, int? version, CancellationToken cancel) =>
        await workflows.FindAsync(workflow, cancel) is { } view && await workflows.SpecAsync(workflow, version, cancel) is { } spec
            ? (spec.Version, spec.Source.FileName, spec.Source.Text, view.WorkingDirectory)
            : null;

    private Task<SpecReading> ReadAsync(DraftState state, bool isDecided, CancellationToken cancel) =>
        submission.ReadAsync(Encoding.UTF8.GetBytes(state.Document.Text), state.Document.FileName, state.Directory, isDecided, cancel);

    private static string FileNameOf(DraftState state) => state.Document.FileName ?? "workflow";
}
