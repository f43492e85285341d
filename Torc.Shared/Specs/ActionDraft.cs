using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>An action of a spec as the job that Torc makes of it.</summary>
/// <param name="Name">One that no job of the user has.</param>
/// <param name="Command">All of its commands, one a line.</param>
/// <param name="Jobs">Those that it names, with where it does; empty for one that is about all.</param>
internal sealed record ActionDraft(SpecObject Source, ActionTrigger Trigger, string Name, string Command, JobReferences Jobs)
{
    /// <param name="jobs">Those of the user.</param>
    public JobDefinition ToDefinition(DeclaredThings<JobDraft> jobs, IReadOnlyDictionary<string, string> env, OnLost onLost)
    {
        // What comes after jobs comes however they ended. What comes before some is of use as long as they may still run.
        bool isCanceled = Trigger.ComesFirst() && Jobs.Positions.All(job => jobs[job].Template.CancelOnBlockingJobFailure);
        return new JobDefinition(
            Name, Command, InvocationScript: null, ResourceRequirements.Default, RequirementsName: null, Priority: 0, isCanceled, env, [], [], [], [], onLost, FailureRules: null, Trigger);
    }
}
