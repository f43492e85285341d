using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Torc.Agent.Node;
using Torc.Agent.Running;

namespace Torc.Agent.Journal;

/// <summary>A journal's file on a disk.</summary>
internal sealed class JournalFile(string path) : IJournalFile
{
    private SafeFileHandle _file = new();

    public async Task<byte[]> ReadAsync(CancellationToken cancel) => File.Exists(path) ? await File.ReadAllBytesAsync(path, cancel) : [];

    public async Task ReplaceAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var file = await DurableFile.ReplaceAsync(path, content, cancel);
        _file.Dispose();
        _file = file;
    }

    // A bare call: an asynchronous write to a file is another thread's synchronous one, and between an end and the next start
    // each change of threads counts.
    public unsafe void WriteAt(ReadOnlySpan<byte> content, long offset)
    {
        fixed (byte* start = content)
        {
            for (nint written = 0; written < content.Length;)
            {
                nint count = Libc.WriteAt(_file, start + written, content.Length - written, offset + written);
                if (count < 0 && Marshal.GetLastPInvokeError() is not Libc.EIntr and var error)
                {
                    throw new IOException($"{path} could not be written: {Libc.Describe(error)}");
                }

                written += Math.Max(count, 0);
            }
        }
    }

    public void Flush()
    {
        if (Libc.SyncData(_file) != 0)
        {
            throw new IOException($"{path} could not be flushed: {Libc.Describe(Marshal.GetLastPInvokeError())}");
        }
    }

    public void Dispose() => _file.Dispose();
}
