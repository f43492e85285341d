namespace Torc.Shared.Specs.Patterns;

/// <summary>What <c>(?i)</c> and the like turn on.</summary>
/// <param name="IgnoreCase"><c>i</c></param>
/// <param name="ByLine"><c>m</c>: <c>^</c> and <c>$</c> stand at every line.</param>
/// <param name="DotIsAll"><c>s</c></param>
/// <param name="CarriageReturn"><c>R</c>: lines may end with a carriage return.</param>
/// <param name="IsSpaced"><c>x</c>: white space and comments mean nothing.</param>
/// <param name="IsAscii"><c>-u</c></param>
internal readonly record struct PatternFlags(bool IgnoreCase, bool ByLine, bool DotIsAll, bool CarriageReturn, bool IsSpaced, bool IsAscii)
{
    /// <returns>Null if there is no such flag.</returns>
    public PatternFlags? With(char flag, bool on) => flag switch
    {
        'i' => this with { IgnoreCase = on },
        'm' => this with { ByLine = on },
        's' => this with { DotIsAll = on },
        'R' => this with { CarriageReturn = on },
        'x' => this with { IsSpaced = on },
        'u' => this with { IsAscii = !on },
        // Greed makes no difference for whether something matches.
        'U' => this,
        _ => null,
    };
}
