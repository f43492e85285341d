namespace Torc.Benchmarks.Peers;

/// <summary>How much is run.</summary>
/// <param name="Rounds">How often each tool runs each workload.</param>
/// <param name="Independent">Jobs of W1, one row each.</param>
/// <param name="Layers">Of W2 and W5.</param>
/// <param name="Width">Jobs of each layer.</param>
/// <param name="Hops">Of W3.</param>
/// <param name="Mixed">Jobs of W4.</param>
/// <param name="LongestMixed">How long the longest of them takes.</param>
internal sealed record Sizes(int Rounds, IReadOnlyList<int> Independent, int Layers, int Width, int Hops, int Mixed, TimeSpan LongestMixed, int MixedRounds)
{
    /// <summary>As the goals are said.</summary>
    public static Sizes Full { get; } = new(5, [10_000, 100_000], 20, 500, 500, 200, TimeSpan.FromSeconds(4), 3);

    /// <summary>Under three minutes.</summary>
    public static Sizes Quick { get; } = new(3, [2_000], 10, 100, 200, 80, TimeSpan.FromSeconds(1), 1);
}
