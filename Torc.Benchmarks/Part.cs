namespace Torc.Benchmarks;

/// <summary>What is measured one after the other.</summary>
internal enum Part
{
    /// <summary>W1 to W5, beside other tools.</summary>
    Peers,

    /// <summary>One server with agents that start nothing.</summary>
    Null,

    /// <summary>Many agents and many watchers.</summary>
    Crowd,

    /// <summary>The page of a large workflow in a browser.</summary>
    Pages,
}
