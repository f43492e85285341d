using Microsoft.Win32.SafeHandles;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Shared.Contracts;

namespace Torc.Agent.Link;

/// <summary>Reads parts of the logs of attempts, and nothing else on this machine.</summary>
internal sealed class LogReader(Spool spool)
{
    private const int MostBytes = 1 << 20;

    public async Task<LogChunk> ReadAsync(LogRequest request, CancellationToken cancel)
    {
        using var file = TryOpen(spool.LogFile(request.Attempt, request.Stream));
        if (file is null)
        {
            return new LogChunk([], 0, 0, "the log is not on this node any more, or the job never started");
        }

        long length = RandomAccess.GetLength(file);
        long offset = Math.Clamp(request.Offset < 0 ? length + request.Offset : request.Offset, 0, length);
        byte[] content = new byte[Math.Min(Math.Clamp(request.Length, 0, MostBytes), length - offset)];
        int count = 0;
        while (count < content.Length && await RandomAccess.ReadAsync(file, content.AsMemory(count), offset + count, cancel) is > 0 and var read)
        {
            count += read;
        }

        // Shorter when the job emptied its log meanwhile.
        return new LogChunk(content[..count], offset, length, Missing: null);
    }

    /// <summary>A job may put a link or a pipe in the place of its log: neither is followed, nor waited for.</summary>
    private static SafeFileHandle? TryOpen(string path)
    {
        int descriptor = Libc.Open(path, Libc.ONoFollow | Libc.ONonBlock | Libc.OCloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FileKind.IsRegular(descriptor))
        {
            return file;
        }

        file.Dispose();
        return null;
    }
}
