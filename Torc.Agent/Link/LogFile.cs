using Microsoft.Win32.SafeHandles;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Shared.Logs;

namespace Torc.Agent.Link;

/// <summary>A log on this node's disk, as long as it was when it was opened.</summary>
internal sealed class LogFile : ILogBytes, IDisposable
{
    private readonly SafeFileHandle _file;

    private LogFile(SafeFileHandle file)
    {
        _file = file;
        Length = RandomAccess.GetLength(file);
        Parts = [new LogPart(0, Length, 1)];
    }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    public IReadOnlyList<LogPart> Parts { get; }

    /// <summary>A job may put a link or a pipe in the place of its log: neither is followed, nor waited for.</summary>
    /// <returns>Null if there is no log.</returns>
    public static LogFile? TryOpen(string path)
    {
        int descriptor = Libc.Open(path, Libc.ONoFollow | Libc.ONonBlock | Libc.OCloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FileKind.IsRegular(descriptor))
        {
            return new LogFile(file);
        }

        file.Dispose();
        return null;
    }

    public int Read(long offset, Span<byte> into) => RandomAccess.Read(_file, into, offset);

    /// <summary>Reads all of a part.</summary>
    /// <returns>Shorter when the job emptied its log meanwhile.</returns>
    public async Task<byte[]> ReadAsync(long offset, int length, CancellationToken cancel)
    {
        byte[] content = new byte[length];
        int count = 0;
        while (count < length && await RandomAccess.ReadAsync(_file, content.AsMemory(count), offset + count, cancel) is > 0 and var read)
        {
            count += read;
        }

        return count == length ? content : content[..count];
    }

    public void Dispose() => _file.Dispose();
}
