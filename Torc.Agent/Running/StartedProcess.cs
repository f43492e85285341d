namespace Torc.Agent.Running;

/// <param name="Pid">The process that leads the attempt's session; 0 if there is none.</param>
/// <param name="StartTicks">Tells it from a later process with its number.</param>
/// <param name="Problem">Why there is none, in a sentence; null if there is.</param>
internal readonly record struct StartedProcess(int Pid, long StartTicks, string? Problem);
