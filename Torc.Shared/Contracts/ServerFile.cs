namespace Torc.Shared.Contracts;

/// <summary>What a running server writes into its data folder, so that agents and commands find it.</summary>
/// <param name="Url">Such as <c>http://127.0.0.1:8080</c>.</param>
/// <param name="StartTicks">When the process started, in clock ticks since the machine did: tells it from a later one with its number.</param>
public sealed record ServerFile(string Url, int Pid, long StartTicks);
