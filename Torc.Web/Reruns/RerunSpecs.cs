using Torc.Shared.Contracts;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Workflows;
using Torc.Web.Engine;
using Torc.Web.Nodes;

namespace Torc.Web.Reruns;

/// <summary>Makes the version of a spec in which jobs ask for what a rerun is to give them.</summary>
internal sealed class RerunSpecs(WorkflowStore store, NodeQueries nodes)
{
    /// <returns>Nothing if nothing is to change; no revision if it cannot be made, or if all is so already.</returns>
    public async Task<(RerunRevision? Revision, SpecEditView? View)> ReviseAsync(ActiveWorkflow workflow, IReadOnlyList<RequirementsChange> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0)
        {
            return (null, null);
        }

        int version = workflow.Head.SpecVersion + 1;
        if (workflow.State.Status == WorkflowStatus.Running)
        {
            return Refuse("Jobs wait or run by the spec that the workflow has. What they ask for can be changed when it has ended.");
        }

        var changes = new List<NeedsChange>();
        foreach (var one in wanted)
        {
            if (Read(one, out string? problem) is not { } change)
            {
                return Refuse(problem!);
            }

            changes.Add(change);
        }

        if (await store.SpecAsync(workflow.State.Id, version: null, cancel) is not { Source: { } spec })
        {
            return (null, null);
        }

        switch (NeedsEditor.Edit(spec.Text, spec.FileName, changes))
        {
            case SpecEdit.Refused refused:
                return Refuse(refused.Why);
            case SpecEdit.Done { Text: var text, Reading: { Definition: { } edited } reading, Lines: { Count: > 0 } lines }
                when edited.Jobs.Select(job => job.Name).SequenceEqual(workflow.State.Definition.Jobs.Select(job => job.Name)):
                reading.CheckNodes(await nodes.CapacitiesAsync(cancel));
                return (Revision(workflow.State.Definition, edited, spec with { Text = text }), new SpecEditView(
                    version,
                    lines,
                    AlsoChanged(workflow.State.Definition, edited, wanted),
                    [.. reading.Problems.Where(problem => problem.Code == DiagnosticCodes.NoSuchNode).Select(problem => problem.Message)]));
            default:
                return (null, null);
        }

        (RerunRevision?, SpecEditView?) Refuse(string why) => (null, new SpecEditView(version, [], [], [], why));
    }

    /// <param name="problem">Null if there is none.</param>
    private static NeedsChange? Read(RequirementsChange change, out string? problem)
    {
        QuantityProblem? wrong = null;
        if (change.Cpus < 1)
        {
            problem = $"The CPUs of {change.Job} must be at least 1.";
            return null;
        }

        var memory = change.Memory is null ? null : MemoryText.TryParse(change.Memory, out wrong);
        problem = wrong is null ? null : NeedsWords.Sentence($"The memory of {change.Job}", wrong);
        if (problem is null && change.Runtime is not null)
        {
            var runtime = DurationText.TryParse(change.Runtime, out wrong);
            problem = wrong is null ? null : NeedsWords.Sentence($"The runtime of {change.Job}", wrong);
            return problem is null ? new NeedsChange(change.Job, memory, runtime, change.Cpus) : null;
        }

        return problem is null ? new NeedsChange(change.Job, memory, Runtime: null, change.Cpus) : null;
    }

    private static RerunRevision Revision(WorkflowDefinition now, WorkflowDefinition edited, SpecSource spec) => new(
        now with { Jobs = [.. now.Jobs.Select((job, position) => job with { Needs = edited.Jobs[position].Needs, RequirementsName = edited.Jobs[position].RequirementsName })] },
        spec);

    private static IReadOnlyList<string> AlsoChanged(WorkflowDefinition now, WorkflowDefinition edited, IReadOnlyList<RequirementsChange> wanted)
    {
        var named = wanted.Select(change => change.Job).ToHashSet();
        return [.. now.Jobs.Where((job, position) => job.Needs != edited.Jobs[position].Needs && !named.Contains(job.Name)).Select(job => job.Name)];
    }
}
