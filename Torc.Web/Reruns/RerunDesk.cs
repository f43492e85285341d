using System.Security.Cryptography;
using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Reruns;

/// <summary>Plans reruns and starts them: the way of a rerun from the question to the engine.</summary>
internal sealed class RerunDesk(WorkflowEngine engine, WorkflowStore store, ResultQueries results, PlanBases bases, NodeFiles files, RerunSpecs specs, JobSelector selector, TimeProvider time) : IRerunDesk
{
    public async Task<RerunPlanView?> PlanAsync(WorkflowId id, RerunRequest request, CancellationToken cancel) =>
        await bases.FindAsync(id, cancel) is { } basis ? (await PrepareAsync(basis, request, cancel)).View : null;

    public async Task<RerunAnswer?> RerunAsync(WorkflowId id, RerunRequest request, string by, RequestKey? key, CancellationToken cancel)
    {
        while (await store.FindAsync(id, cancel) is { } workflow)
        {
            // What was planned before it came first is another plan by now.
            if (key is not null && await engine.ReadAsync(state => state.Before(key), cancel) is { } before)
            {
                throw new RepeatedRequestException(before);
            }

            // One of its own: the engine takes it in and changes it.
            var (plan, view, revision) = await PrepareAsync(new PlanBasis(workflow, await results.OfAsync(id, job: null, cancel)), request, cancel);
            if (request.PlanId is { } seen && seen != view.Id)
            {
                return new RerunAnswer(view, IsOther: true, Started: null);
            }

            // A draft has no run to repeat, one that was put away begins none, and the engine would refuse them however often it is asked.
            if (plan.IsEmpty || workflow.State.Status == WorkflowStatus.Uninitialized || workflow.State.IsArchived || view.Spec is { Refusal: not null })
            {
                return new RerunAnswer(view, IsOther: false, Started: null, workflow.State.IsArchived);
            }

            var runs = plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => job.Position).ToHashSet();
            var mayReuse = plan.MayRun.Select(job => job.Position).ToHashSet();
            var started = await engine.ChangeAsync(
                (state, commit, now) =>
                {
                    // What was planned holds for the moment that was looked at, and for no other.
                    if (state.Adopt(workflow) is not { } held)
                    {
                        return null;
                    }

                    if (held.State.Version == workflow.State.Version && state.Before(key) is null)
                    {
                        // The new spec and the new run are one step: neither is ever there without the other.
                        var revised = revision is null ? held : state.TryRevise(held, revision.Definition, [.. Enumerable.Range(0, held.State.JobCount)], revision.Spec, now, commit);
                        if (revised is not null && state.TryRerun(revised, runs, mayReuse, request.StopRunning, request.Scope, by, now, commit))
                        {
                            state.Keep(key, revised, now, commit);
                            return revised.View();
                        }
                    }

                    state.ReleaseIfEnded(held);
                    return null;
                },
                cancel);
            if (started is not null)
            {
                return new RerunAnswer(view, IsOther: false, started);
            }
        }

        return null;
    }

    private async Task<(RerunPlan Plan, RerunPlanView View, RerunRevision? Revision)> PrepareAsync(PlanBasis basis, RerunRequest request, CancellationToken cancel)
    {
        var (workflow, stored) = basis;
        var (revision, spec) = await specs.ReviseAsync(workflow, request.Set ?? [], cancel);
        var definition = revision?.Definition ?? workflow.State.Definition;
        var nodes = NodesOfFiles(workflow, stored);
        var facts = await files.LookAsync(workflow, Enumerable.Range(0, definition.Files.Count), file => nodes.TryGetValue(file, out var node) ? node : null, stored.Contents, cancel);
        bool earlyCutoff = request.EarlyCutoff ?? definition.EarlyCutoff;
        var states = Enumerable.Range(0, workflow.State.JobCount).Select(workflow.State.Job).ToList();
        var question = new RerunQuestion(
            definition,
            states,
            [.. states.Select(state => stored.Results.GetValueOrDefault(state.Id))],
            facts,
            workflow.Data,
            workflow.Head.WorkingDirectory,
            request.Scope,
            await SelectedAsync(workflow, request, cancel),
            earlyCutoff);
        var plan = RerunPlanner.Plan(question);
        var view = new RerunPlanView(
            IdOf(plan, workflow, request, spec, earlyCutoff),
            workflow.State.Id,
            definition.Name,
            workflow.State.Run + 1,
            request.Scope,
            earlyCutoff,
            time.GetUtcNow(),
            [.. plan.Jobs.Select(job => View(job, workflow, definition, question.Results[job.Position]))],
            plan.Warnings,
            spec);
        return (plan, view, revision);
    }

    private static PlannedJobView View(PlannedJob job, ActiveWorkflow workflow, WorkflowDefinition definition, JobResult? result)
    {
        var now = workflow.State.NeedsOf(job.Position);
        var needs = workflow.State.NeedsOf(job.Position, definition.Jobs[job.Position].Needs);
        return new PlannedJobView(
            workflow.State.Job(job.Position).Id,
            definition.Jobs[job.Position].Name,
            job.Action,
            job.Reasons,
            result?.Took?.TotalSeconds,
            needs,
            [.. definition.Jobs[job.Position].OutputFiles.Select(file => definition.Files[file].Name)],
            needs == now ? null : now,
            Suggested(job.Position, workflow, now));
    }

    private static ResourceRequirements? Suggested(int position, ActiveWorkflow workflow, ResourceRequirements granted) => workflow.State.Job(position).Outcome?.Kind switch
    {
        OutcomeKind.OutOfMemory => granted with { Memory = Suggestion.AfterOutOfMemory(granted.Memory, workflow.NewestAttempt(position)?.Usage?.PeakMemory ?? default) },
        OutcomeKind.Timeout => granted with { Runtime = Suggestion.AfterTimeout(granted.Runtime) },
        _ => null,
    };

    /// <summary>A file is on the node of the job that wrote it, else on that of one that read it.</summary>
    private static Dictionary<int, NodeId> NodesOfFiles(ActiveWorkflow workflow, StoredResults stored)
    {
        var nodes = new Dictionary<int, NodeId>();
        for (int job = 0; job < workflow.State.JobCount; job++)
        {
            if (stored.Nodes.TryGetValue(workflow.State.Job(job).Id, out var node))
            {
                foreach (int file in workflow.State.Definition.Jobs[job].InputFiles)
                {
                    nodes.TryAdd(file, node);
                }

                foreach (int file in workflow.State.Definition.Jobs[job].OutputFiles)
                {
                    nodes[file] = node;
                }
            }
        }

        return nodes;
    }

    private async Task<HashSet<int>> SelectedAsync(ActiveWorkflow workflow, RerunRequest request, CancellationToken cancel)
    {
        var selected = new HashSet<int>();
        if (request.Scope is RerunScope.Selected or RerunScope.SelectedAndDownstream)
        {
            var positions = workflow.State.Definition.Jobs.Select((job, position) => (job.Name, position)).ToDictionary(job => job.Name, job => job.position);
            foreach (string name in request.Jobs ?? [])
            {
                selected.Add(positions.TryGetValue(name, out int position) ? position : throw new UnknownJobException(workflow.State.Id, name));
            }

            if (request.Select is { } selection)
            {
                selected.UnionWith(await selector.PositionsAsync(workflow, selection, cancel));
            }
        }

        return selected;
    }

    // What is to happen, and why, in one short word: whoever confirms it confirms all of that.
    private static string IdOf(RerunPlan plan, ActiveWorkflow workflow, RerunRequest request, SpecEditView? spec, bool earlyCutoff)
    {
        var text = new StringBuilder();
        text.Append(workflow.State.Id).Append(' ').Append(workflow.State.Run).Append(' ').Append(workflow.Head.SpecVersion).Append(' ')
            .Append(request.Scope).Append(' ').Append(earlyCutoff).Append(' ').Append(request.StopRunning);
        foreach (var line in spec?.Lines ?? [])
        {
            text.Append('\n').Append(line.Line).Append(line.IsAdded ? '+' : '-').Append(line.Text);
        }

        foreach (var job in plan.Jobs)
        {
            text.Append('\n').Append(job.Position).Append(' ').Append(job.Action);
            foreach (var reason in job.Reasons)
            {
                text.Append('\t').Append(reason.Code).Append(' ').Append(reason.Sentence).Append(' ').Append(reason.After);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 6));
    }
}
