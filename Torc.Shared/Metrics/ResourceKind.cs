namespace Torc.Shared.Metrics;

/// <summary>What a job asks for and can ask too much or too little of.</summary>
public enum ResourceKind
{
    /// <summary>In bytes.</summary>
    Memory,

    /// <summary>In seconds.</summary>
    Runtime,

    /// <summary>Logical CPUs.</summary>
    Cpus,
}
