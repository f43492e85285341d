using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Workflows;
using Torc.Web.Engine;
using Torc.Web.Jobs;
using Torc.Web.Nodes;

namespace Torc.Web.Reruns;

internal sealed class SuggestionDesk(ResourceQueries resources, WorkflowStore store, SpecDesk desk, NodeQueries nodes) : ISuggestionDesk
{
    private const string Running = "Jobs wait or run by the spec that the workflow has. What they ask for can be changed when it has ended.";

    public Task<IReadOnlyList<ResourceUseView>?> UsesAsync(WorkflowId workflow, CancellationToken cancel) => resources.OfAsync(workflow, cancel);

    public Task<IReadOnlyList<JobUseView>?> JobsAsync(WorkflowId workflow, CancellationToken cancel) => resources.JobsAsync(workflow, after: null, int.MaxValue, cancel);

    public async Task<SpecEditView?> ReviewAsync(WorkflowId workflow, CancellationToken cancel)
    {
        if (await EditAsync(workflow, cancel) is not (var spec, var edit))
        {
            return null;
        }

        int version = spec.Version + 1;
        switch (edit)
        {
            case SpecEdit.Refused refused:
                return new SpecEditView(version, [], [], [], refused.Why);
            case SpecEdit.Done { Reading: var reading, Lines: { Count: > 0 } lines }:
                reading.CheckNodes(await nodes.CapacitiesAsync(cancel));
                string[] warnings = [.. reading.Problems.Where(problem => problem.Code == DiagnosticCodes.NoSuchNode).Select(problem => problem.Message)];
                bool isRunning = await store.FindAsync(workflow, cancel) is { State.Status: WorkflowStatus.Running };
                return new SpecEditView(version, lines, [], warnings, isRunning ? Running : null);
            default:
                return null;
        }
    }

    public async Task<string?> ApplyAsync(WorkflowId workflow, int version, CancellationToken cancel)
    {
        switch (await EditAsync(workflow, cancel))
        {
            case ({ } spec, SpecEdit.Done { Text: var text, Reading.Definition: { } definition, Changes.Count: > 0 }) when spec.Version + 1 == version:
                var answer = await desk.ChangeAsync(workflow, definition, spec.Source with { Text = text }, new Dictionary<string, string>(), apply: true, known => known + 1 == version, cancel);
                return answer switch
                {
                    { View.IsApplied: true } => null,
                    { View.IsRunning: true } => Running,
                    _ => "The spec has changed meanwhile. Look at the suggestions again.",
                };
            case (_, SpecEdit.Refused refused):
                return refused.Why;
            default:
                return "The spec or the suggestions have changed meanwhile. Look at them again.";
        }
    }

    private async Task<(StoredSpec Spec, SpecEdit Edit)?> EditAsync(WorkflowId workflow, CancellationToken cancel)
    {
        if (await store.FindAsync(workflow, cancel) is not { } found
            || await store.SpecAsync(workflow, version: null, cancel) is not { } spec
            || SuggestedChanges.Of(found.State.Definition, await resources.OfAsync(workflow, cancel) ?? []) is not { Count: > 0 } changes)
        {
            return null;
        }

        return (spec, NeedsEditor.Edit(spec.Source.Text, spec.Source.FileName, changes));
    }
}
