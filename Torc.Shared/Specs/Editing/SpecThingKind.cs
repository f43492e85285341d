namespace Torc.Shared.Specs.Editing;

/// <summary>What a spec declares by name.</summary>
public enum SpecThingKind
{
    Job,
    File,
    Dataset,
    UserData,

    /// <summary>A class of resource requirements.</summary>
    Requirements,
    FailureHandler,
    Scheduler,

    /// <summary>The workflow itself.</summary>
    Workflow,
}
