namespace Torc.Agent.Client;

/// <summary>Who reads what is printed of a log.</summary>
internal enum LogManner
{
    /// <summary>A program, or a file: it gets the bytes that a job wrote.</summary>
    Bytes,

    /// <summary>A person.</summary>
    Terminal,

    /// <summary>A program that wants an object a line.</summary>
    Json,
}
