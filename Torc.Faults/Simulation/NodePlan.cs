namespace Torc.Faults.Simulation;

internal sealed record NodePlan(int Number, int Cpus, double ClockRate, TimeSpan ClockOffset);
