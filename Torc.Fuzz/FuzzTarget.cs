namespace Torc.Fuzz;

/// <summary>A reader that is to take any bytes.</summary>
/// <param name="Check">Reads an input.</param>
/// <param name="Tokens">What the notation is made of; mutations insert these.</param>
internal sealed record FuzzTarget(string Name, Func<byte[], Verdict> Check, IReadOnlyList<string> Tokens);
