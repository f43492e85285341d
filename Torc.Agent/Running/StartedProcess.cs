namespace Torc.Agent.Running;

/// <param name="Pid">The process that leads the attempt's session; 0 if there is none.</param>
/// <param name="StartTicks">Tells it from a later process with its number: it started then or later, in clock ticks since the machine did.</param>
/// <param name="LatestStartTicks">And no later than then.</param>
/// <param name="Problem">Why there is none, in a sentence; null if there is.</param>
internal readonly record struct StartedProcess(int Pid, long StartTicks, long LatestStartTicks, string? Problem);
