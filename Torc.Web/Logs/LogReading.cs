using Torc.Shared.Contracts;

namespace Torc.Web.Logs;

/// <param name="Chunk">What was read. It never reaches across a gap.</param>
/// <param name="Gap">What of the log cannot be read; null if it is whole.</param>
internal sealed record LogReading(LogChunk Chunk, LogGap? Gap = null);
