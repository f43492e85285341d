using System.Text.Json.Serialization;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Agent.Running;

/// <summary>
/// What an agent tells its keeper, one line of JSON each. The keeper listens to the connection that came last, and to nothing
/// that an earlier one still had on its way: what the agent was told of at its arrival is then all there is.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(KeeperSetup), "setup")]
[JsonDerivedType(typeof(RunAttempts), "run")]
[JsonDerivedType(typeof(DropAttempts), "drop")]
[JsonDerivedType(typeof(ForgetAttempts), "forget")]
[JsonDerivedType(typeof(StopAttempts), "stop")]
[JsonDerivedType(typeof(ReturnAttempts), "return")]
[JsonDerivedType(typeof(RenewLeases), "renew")]
[JsonDerivedType(typeof(GpuRead), "gpu")]
internal abstract record KeeperRequest;

/// <summary>Sent whenever the agent has found the server, before anything to run.</summary>
/// <param name="Capacity">What attempts may hold together; more wait in the order in which they came.</param>
/// <param name="ApiUrl">Where jobs find the server; null while nobody knows.</param>
/// <param name="Gpus">The names by which programs find the GPUs that are offered; null if they go by their numbers, from 0.</param>
internal sealed record KeeperSetup(NodeCapacity Capacity, string? ApiUrl, IReadOnlyList<string>? Gpus = null) : KeeperRequest;

/// <summary>Starts attempts as soon as there is room. One that was given before is not started again.</summary>
/// <param name="AskedAt">When the agent asked for them, by the <see cref="MachineClock"/>: from then on their leases count.</param>
internal sealed record RunAttempts(IReadOnlyList<Assignment> Attempts, long AskedAt) : KeeperRequest;

/// <summary>Ends attempts that the server knows nothing of, and tells no more of them.</summary>
internal sealed record DropAttempts(IReadOnlyList<AttemptId> Attempts) : KeeperRequest;

/// <summary>The server has the ends of these attempts.</summary>
internal sealed record ForgetAttempts(IReadOnlyList<AttemptId> Attempts) : KeeperRequest;

/// <summary>Ends attempts that somebody wants to end: those that run have their grace, those that wait are over at once.</summary>
internal sealed record StopAttempts(IReadOnlyList<StopOrder> Orders) : KeeperRequest;

/// <summary>The server has a better place for these attempts: those that wait for room are given back, and never started here.</summary>
internal sealed record ReturnAttempts(IReadOnlyList<AttemptId> Attempts) : KeeperRequest;

/// <summary>The server was heard: the leases of these attempts begin anew.</summary>
/// <param name="AskedAt">When the agent asked, by the <see cref="MachineClock"/>. The server answered later, so it counts from later.</param>
internal sealed record RenewLeases(IReadOnlyList<AttemptId> Attempts, long AskedAt) : KeeperRequest;

/// <summary>What a GPU does now. The agent asks its driver: whatever child the keeper has belongs to an attempt.</summary>
internal sealed record GpuRead(GpuReading Reading) : KeeperRequest;

/// <summary>What a keeper tells its agent, one line of JSON each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(KeeperState), "state")]
[JsonDerivedType(typeof(KeeperReports), "reports")]
[JsonDerivedType(typeof(KeeperSamples), "samples")]
[JsonDerivedType(typeof(KeeperGpus), "gpus")]
internal abstract record KeeperNews;

/// <summary>The first message of a connection: everything that the keeper holds.</summary>
/// <param name="Held">Attempts that wait for room, run, or ended and were not forgotten.</param>
/// <param name="Leased">Those of them that run or wait and have a lease.</param>
/// <param name="Reports">The starts of those that run and the ends of those that ended.</param>
/// <param name="MemoryGuard">How it holds jobs to their memory.</param>
internal sealed record KeeperState(MemoryGuard MemoryGuard, IReadOnlyList<AttemptId> Held, IReadOnlyList<AttemptId> Leased, IReadOnlyList<AttemptReport> Reports) : KeeperNews;

/// <summary>What happened since, oldest first. Each end is in the journal already.</summary>
internal sealed record KeeperReports(IReadOnlyList<AttemptReport> Reports) : KeeperNews;

internal sealed record KeeperSamples(IReadOnlyList<AttemptSample> Samples) : KeeperNews;

/// <summary>Whether attempts have GPUs from now on, so that it is worth to know what those do.</summary>
internal sealed record KeeperGpus(bool AreUsed) : KeeperNews;
