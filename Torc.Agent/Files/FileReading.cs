namespace Torc.Agent.Files;

/// <summary>What came of reading a file once.</summary>
/// <param name="Digest">Null if there is a problem, or if the file became another one meanwhile.</param>
/// <param name="ReadAt">When reading began, by the node's clock.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal readonly record struct FileReading(string? Digest, DateTimeOffset ReadAt, string? Problem = null)
{
    public static FileReading ChangedMeanwhile => default;

    public static FileReading Failed(string problem) => new(null, default, problem);
}
