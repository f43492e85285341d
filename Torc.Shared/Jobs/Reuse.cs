namespace Torc.Shared.Jobs;

/// <summary>Whether a job has to run at all. The numbers are stored, so they never change.</summary>
public enum Reuse
{
    /// <summary>It runs.</summary>
    None = 0,

    /// <summary>It runs unless what it reads turns out to be as it was. That is looked at when all that it waits for has ended.</summary>
    Possible = 1,

    /// <summary>It did not run: its earlier result counts.</summary>
    Done = 2,
}
