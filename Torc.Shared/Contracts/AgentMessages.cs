using System.Text.Json.Serialization;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;

namespace Torc.Shared.Contracts;

/// <summary>Orders the connections of one agent, so that a message of a connection that was given up changes nothing.</summary>
/// <param name="Epoch">One more at every start of the agent.</param>
/// <param name="Connection">One more at every connection of that start.</param>
public readonly record struct AgentSession(int Epoch, int Connection) : IComparable<AgentSession>
{
    public int CompareTo(AgentSession other) => (Epoch, Connection).CompareTo((other.Epoch, other.Connection));

    public static bool operator <(AgentSession left, AgentSession right) => left.CompareTo(right) < 0;

    public static bool operator >(AgentSession left, AgentSession right) => left.CompareTo(right) > 0;

    public static bool operator <=(AgentSession left, AgentSession right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AgentSession left, AgentSession right) => left.CompareTo(right) >= 0;
}

/// <param name="AgentId">Made once per spool folder, and never changed.</param>
/// <param name="NodeName">The machine's name, for people to read.</param>
/// <param name="Version">For people to read; whether both sides understand each other is decided by the hub's path.</param>
/// <param name="MemoryGuard">How this node holds jobs to their memory.</param>
/// <param name="Held">Every attempt that the keeper was given and whose end the server has not acknowledged.</param>
/// <param name="Ended">Those of them whose end the agent has still to tell.</param>
public sealed record AgentHello(
    string AgentId,
    AgentSession Session,
    string NodeName,
    string Version,
    NodeCapacity Capacity,
    MemoryGuard MemoryGuard,
    IReadOnlyList<AttemptId> Held,
    IReadOnlyList<AttemptId> Ended);

/// <summary>How a node holds a job to its memory.</summary>
public enum MemoryGuard
{
    /// <summary>By looking at its processes every 0.1 to 1 s: a fast one can go over its limit before it is seen.</summary>
    Sampling,

    /// <summary>By the kernel, which lets it have no more than its limit; so does the next.</summary>
    CgroupV1,

    CgroupV2,
}

/// <param name="Drop">Held attempts that the server knows nothing of: the agent ends them and forgets them.</param>
/// <param name="Heartbeat">How often the server wants to hear of an agent that has nothing to tell: several times in a lease.</param>
public sealed record AgentWelcome(NodeId Node, IReadOnlyList<AttemptId> Drop, TimeSpan Heartbeat);

/// <param name="Sequence">One more for each report of a session, from 1. One that comes again gets its answer again, and changes nothing.</param>
public sealed record AgentReport(AgentSession Session, int Sequence, IReadOnlyList<AttemptReport> Attempts);

/// <summary>All of the report is acknowledged, and every lease that the agent held when it sent it begins anew.</summary>
/// <param name="Start">The next jobs, in the order in which to start them.</param>
/// <param name="Stop">Held attempts that somebody wants to end.</param>
/// <param name="TakeBack">Held attempts that another node could start at once: those that have not started here are given back.</param>
public sealed record ReportAnswer(IReadOnlyList<Assignment> Start, IReadOnlyList<StopOrder> Stop, IReadOnlyList<AttemptId> TakeBack);

/// <param name="Reason">Such as "stopped by ann".</param>
public sealed record StopOrder(AttemptId Attempt, string Reason);

/// <summary>One attempt for an agent to run.</summary>
/// <param name="Run">The workflow's run that the attempt belongs to, from 1.</param>
/// <param name="Command">For a shell.</param>
/// <param name="WorkingDirectory">Absolute.</param>
/// <param name="Env">What the spec and the server add to the environment.</param>
/// <param name="Inputs">Files that it reads; relative to the working directory, or absolute.</param>
/// <param name="Outputs">Files that must be there when the command has ended with 0; relative to the working directory, or absolute.</param>
/// <param name="SampleEvery">How often a sample is sent; null sends none.</param>
/// <param name="Grace">How long its processes have to end by themselves when it is to end.</param>
/// <param name="Lease">How long it may run without word from the server, from the moment at which its agent last asked; null for as long as it takes.</param>
/// <param name="Recovery">What goes before the command, as an earlier attempt failed; null for nothing.</param>
/// <param name="Token">The attempt's own; see <see cref="AttemptToken"/>.</param>
public sealed record Assignment(
    AttemptId Attempt,
    WorkflowId Workflow,
    int Run,
    string JobName,
    string Command,
    string? InvocationScript,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Env,
    ResourceRequirements Granted,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    TimeSpan? SampleEvery,
    TimeSpan Grace,
    TimeSpan? Lease,
    RecoveryOrder? Recovery = null,
    string? Token = null);

/// <param name="Script">For a shell. The command starts only if it ends with 0.</param>
/// <param name="FailedAttempt">The number of the attempt that it is to mend.</param>
/// <param name="Outcome">How that failed.</param>
/// <param name="ExitCode">Of that; null if nobody saw one.</param>
public sealed record RecoveryOrder(string Script, int FailedAttempt, OutcomeKind Outcome, int? ExitCode);

/// <summary>What happened to one attempt, at the node's time.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AttemptStarted), "started")]
[JsonDerivedType(typeof(AttemptFilesSeen), "files")]
[JsonDerivedType(typeof(AttemptEnded), "ended")]
[JsonDerivedType(typeof(AttemptReturned), "returned")]
public abstract record AttemptReport(AttemptId Attempt, DateTimeOffset At);

public sealed record AttemptStarted(AttemptId Attempt, DateTimeOffset At) : AttemptReport(Attempt, At);

/// <summary>Some of the files of an attempt whose end is told next and would be too large a message with all of them.</summary>
public sealed record AttemptFilesSeen(AttemptId Attempt, DateTimeOffset At, AttemptFiles Files) : AttemptReport(Attempt, At);

/// <param name="StartedAt">Null if the command never ran.</param>
/// <param name="Files">What it read and wrote, apart from what was told before; null if it never ran, or names no files.</param>
/// <param name="Logs">How much it wrote to its logs, which the server asks for later; null if it never ran.</param>
public sealed record AttemptEnded(
    AttemptId Attempt, DateTimeOffset At, DateTimeOffset? StartedAt, Outcome Outcome, AttemptUsage Usage, AttemptFiles? Files = null, LogLengths? Logs = null)
    : AttemptReport(Attempt, At);

/// <summary>The attempt was not started and never will be: the server wanted it back.</summary>
public sealed record AttemptReturned(AttemptId Attempt, DateTimeOffset At) : AttemptReport(Attempt, At);

/// <summary>The files of an attempt as they were seen: the inputs at its start, the outputs at its end. Their contents are read later.</summary>
/// <param name="Inputs">In the order of the assignment, as are the outputs.</param>
public sealed record AttemptFiles(IReadOnlyList<RecordedFile> Inputs, IReadOnlyList<RecordedFile> Outputs);

/// <summary>What was in a file, for as long as nothing of its identity changes.</summary>
/// <param name="Path">As in the assignment.</param>
/// <param name="At">When the content was read, by the node's clock.</param>
public sealed record FileDigest(WorkflowId Workflow, string Path, FileIdentity Identity, string Digest, DateTimeOffset At);

/// <summary>Asks what is in files now.</summary>
/// <param name="WorkingDirectory">Absolute.</param>
public sealed record FileInspection(string WorkingDirectory, IReadOnlyList<KnownFile> Files);

/// <param name="Path">Relative to the working directory, or absolute.</param>
/// <param name="Identity">As long as the file has it, its content is known and need not be read; null if it is not known.</param>
public sealed record KnownFile(string Path, FileIdentity? Identity = null);

/// <summary>What an attempt used over its whole life.</summary>
/// <param name="CpuTime">User and system time of all its processes.</param>
/// <param name="PeakMemory">The most that its processes held at one moment, as far as it was seen.</param>
/// <param name="Summary">Null if it was over before it could be measured twice.</param>
public sealed record AttemptUsage(TimeSpan CpuTime, MemorySize PeakMemory, UsageSummary? Summary = null)
{
    public static AttemptUsage None { get; } = new(TimeSpan.Zero, new MemorySize(0));
}

/// <param name="Point">Rates are those since the last sample.</param>
public sealed record AttemptSample(AttemptId Attempt, UsagePoint Point);

/// <summary>The two streams of a job that are kept.</summary>
public enum LogStream
{
    Stdout,
    Stderr,
}

/// <param name="Offset">Of the first byte; negative counts from the end.</param>
/// <param name="Length">At most this many bytes, at most 1 MiB.</param>
/// <param name="CountLines">Whether to say in which line it begins, for which all before it is read.</param>
public sealed record LogRequest(AttemptId Attempt, LogStream Stream, long Offset, int Length, bool CountLines = false);

/// <param name="Content">The bytes that were there.</param>
/// <param name="Offset">Of the first of them.</param>
/// <param name="TotalLength">Of the log as it is now, in bytes.</param>
/// <param name="Missing">Why there is nothing to read, in words; null if there is.</param>
/// <param name="FirstLine">The number of the line in which it begins, from 1; null if nobody counted.</param>
public sealed record LogChunk(byte[] Content, long Offset, long TotalLength, string? Missing, long? FirstLine = null)
{
    public static LogChunk Nothing(string why) => new([], 0, 0, why);
}

/// <summary>Asks for parts of several logs, of at most 1 MiB together.</summary>
public sealed record LogRequests(IReadOnlyList<LogRequest> Requests);

/// <param name="Chunks">In the order in which they were asked for; as many as were not too large.</param>
public sealed record LogChunks(IReadOnlyList<LogChunk> Chunks);

/// <summary>Asks for lines by their numbers.</summary>
/// <param name="FromLine">From 1.</param>
/// <param name="Lines">At most this many, and at most 1 MiB of them.</param>
public sealed record LogLinesRequest(AttemptId Attempt, LogStream Stream, long FromLine, int Lines);

/// <param name="FromLine">Matches are answered from this line on, and counted everywhere.</param>
/// <param name="Limit">How many are answered at most.</param>
public sealed record LogSearchRequest(AttemptId Attempt, LogStream Stream, string Pattern, bool IsRegex, bool IgnoreCase, long FromLine, int Limit);

/// <param name="Missing">Why there is nothing to search, in words; null if there is.</param>
public sealed record LogSearchAnswer(LogMatches? Found, string? Missing);

/// <summary>How much an attempt wrote to its logs, in bytes.</summary>
public sealed record LogLengths(long Stdout, long Stderr)
{
    [JsonIgnore]
    public bool IsEmpty => Stdout + Stderr == 0;

    public long this[LogStream stream] => stream == LogStream.Stdout ? Stdout : Stderr;
}

/// <summary>A line of a log, as programs read it.</summary>
/// <param name="Line">Its number, from 1; null if nobody counted those before it.</param>
public sealed record LogLineView(string Job, int Attempt, LogStream Stream, long? Line, string Text);

/// <summary>What is new in a log that is followed, or a word about it.</summary>
/// <param name="Offset">Of the first byte.</param>
/// <param name="Text">What was written; null if it is no text, or if nothing was.</param>
/// <param name="Bytes">The same if it is no text.</param>
/// <param name="Note">Why nothing comes for now, or why that was all; null at the end of a log that was read to its end.</param>
public sealed record LogNews(long Offset, string? Text = null, byte[]? Bytes = null, string? Note = null);
