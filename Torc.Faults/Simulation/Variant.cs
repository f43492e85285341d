namespace Torc.Faults.Simulation;

/// <summary>
/// Ways to break the protocol on purpose, each at a seam of the simulation. One that the simulator does not catch means that an
/// invariant or a fault is missing.
/// </summary>
internal enum Variant
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>The server takes the report of any attempt for one about the newest.</summary>
    AnyAttemptCounts,

    /// <summary>The server takes what comes from a conversation that was given up.</summary>
    OldConversationsCount,

    /// <summary>The server takes a report that comes twice for two.</summary>
    RepeatedReportsCount,

    /// <summary>The server believes that an agent still holds all that it was ever given.</summary>
    NothingIsTakenBack,

    /// <summary>The agent does not end what the server gave up.</summary>
    NothingIsDropped,

    /// <summary>A keeper knows nothing of what its predecessor wrote down.</summary>
    KeeperHasNoJournal,

    /// <summary>The keeper's journal is written and never flushed.</summary>
    JournalIsNotFlushed,

    /// <summary>The server answers before it has stored.</summary>
    AnsweredBeforeStored,

    /// <summary>A crash of the server can leave half a change in the store.</summary>
    HalfIsStored,

    /// <summary>Leases count from the answer, and not from the question.</summary>
    LeaseCountsFromAnswer,

    /// <summary>The keeper lets leases run out.</summary>
    KeeperIgnoresLeases,

    /// <summary>The server gives a job out again before its lease has run out.</summary>
    ServerIsImpatient,

    /// <summary>A new keeper lets run what its predecessor left.</summary>
    SurvivorsLive,

    /// <summary>A new keeper is given again what its predecessor was given.</summary>
    AssignmentsAreRepeated,

    /// <summary>The keeper may forget an end as soon as it was sent.</summary>
    ForgottenBeforeAnswered,

    /// <summary>The server forgets whom it wanted to end.</summary>
    StopsAreForgotten,

    /// <summary>The keeper says that it gives attempts back, and keeps them.</summary>
    ReturnedIsKept,

    /// <summary>A keeper does not see that the machine was started anew, and what its disk did not get.</summary>
    BootsLookAlike,
}
