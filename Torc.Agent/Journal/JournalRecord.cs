using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Journal;

/// <summary>One line of the journal, such as <c>{"kind":"given","attempt":"17.2","at":"…","workflow":3,"job":"fit"}</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Given), "given")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Forgotten), "forgotten")]
internal abstract record JournalRecord
{
    private JournalRecord()
    {
    }

    /// <summary>The first line: process numbers further down are of this boot of the machine.</summary>
    public sealed record Opened(string BootId) : JournalRecord;

    /// <summary>The command is about to be started, and never will be again.</summary>
    /// <param name="IsAhead">
    /// Only that it may be soon. When it is, that is written once more and need not be flushed: it is lost with the boot of the machine alone, and
    /// after that every attempt of which only this is known counts as started.
    /// </param>
    public sealed record Given(AttemptId Attempt, DateTimeOffset At, WorkflowId Workflow, string Job, bool IsAhead = false) : JournalRecord;

    /// <param name="StartTicks">Tells the process from a later one with its number: it started then or later.</param>
    /// <param name="LatestStartTicks">And no later than then; null where keepers read it exactly.</param>
    public sealed record Started(AttemptId Attempt, DateTimeOffset At, int Pid, long StartTicks, long? LatestStartTicks = null) : JournalRecord
    {
        /// <summary>Whether a process of this number that started then is the one that is meant.</summary>
        public bool IsProcessOf(long startTicks) => startTicks >= StartTicks && startTicks <= (LatestStartTicks ?? StartTicks);
    }

    public sealed record Ended(AttemptEnded Report) : JournalRecord;

    /// <summary>The server has the end of it, or wants to hear no more of it.</summary>
    public sealed record Forgotten(AttemptId Attempt) : JournalRecord;
}
