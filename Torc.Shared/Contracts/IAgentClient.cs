using Torc.Shared.Reruns;

namespace Torc.Shared.Contracts;

/// <summary>What the hub may ask of an agent. What comes unasked is a doorbell, never the record: one that is lost costs time only.</summary>
public interface IAgentClient
{
    /// <summary>Something became ready that fits this node; a report will be answered with it.</summary>
    Task WorkAvailable();

    /// <summary>Reads a part of an attempt's log from the node's disk.</summary>
    Task<LogChunk> ReadLog(LogRequest request);

    /// <summary>Reads parts of several logs, such as those that the server keeps when attempts have ended.</summary>
    Task<LogChunks> ReadLogs(LogRequests requests);

    /// <summary>Reads lines of an attempt's log.</summary>
    Task<LogChunk> ReadLogLines(LogLinesRequest request);

    /// <summary>Searches an attempt's log where it lies.</summary>
    Task<LogSearchAnswer> SearchLog(LogSearchRequest request);

    /// <summary>Looks at files, and reads those whose content is not known.</summary>
    /// <returns>In the order in which they were asked for, without those that are as they are known: mostly that is nearly all of them.</returns>
    Task<IReadOnlyList<FileFact>> InspectFiles(FileInspection inspection);
}
