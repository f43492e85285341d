namespace Torc.Agent.Client;

/// <summary>A line of what a terminal shows of a run.</summary>
/// <param name="Color">Null for that of all text.</param>
internal sealed record ScreenLine(string Text, ConsoleColor? Color = null);
