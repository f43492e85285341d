namespace Torc.Benchmarks.Specs;

/// <summary>What is measured of a spec.</summary>
internal enum SpecWork
{
    Read,

    /// <summary>The spec is read before, and that is not measured.</summary>
    WriteJson,

    WriteYaml,
}
