namespace Torc.Faults.Simulation;

/// <summary>What a command does.</summary>
/// <param name="Lasts">Null for one that goes on until it is ended.</param>
/// <param name="Status">Its end, as <c>wait4</c> says.</param>
/// <param name="WritesOutputs">Whether its outputs are there afterwards.</param>
/// <param name="EndsWhenAsked">How long it takes to end after SIGTERM; null if it does not care.</param>
/// <param name="StatusWhenAsked">Its end then.</param>
internal sealed record Course(TimeSpan? Lasts, int Status, bool WritesOutputs, TimeSpan? EndsWhenAsked, int StatusWhenAsked);
