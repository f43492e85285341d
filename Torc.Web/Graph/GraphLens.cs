namespace Torc.Web.Graph;

/// <summary>What a drawing shows beside the jobs.</summary>
public enum GraphLens
{
    /// <summary>The files and user data that jobs need and produce.</summary>
    Files,

    /// <summary>Nothing: which job waits for which.</summary>
    Jobs,

    /// <summary>What jobs ask for: each class of requirements.</summary>
    Needs,

    /// <summary>The user data that jobs store and read; jobs that have none are left out.</summary>
    Data,
}
