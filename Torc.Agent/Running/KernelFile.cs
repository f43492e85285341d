using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Torc.Agent.Running;

/// <summary>Files that are calls into the kernel: they are on no disk, and there is nothing to wait for.</summary>
internal static unsafe class KernelFile
{
    [SuppressMessage("Design", "MA0045", Justification = "See above.")]
    public static string Read(string path) => File.ReadAllText(path);

    [SuppressMessage("Design", "MA0045", Justification = "See above.")]
    public static void Write(string path, string value) => File.WriteAllText(path, value);

    /// <summary>A path for <see cref="Read(ReadOnlySpan{byte}, Span{byte}, bool)"/>.</summary>
    public static byte[] PathOf(string path) => Encoding.UTF8.GetBytes($"{path}\0");

    /// <summary>
    /// Reads with bare system calls, for what is read every second of every process: without a lock, a length and a buffer, which
    /// .NET's own way takes along.
    /// </summary>
    /// <param name="path">Ends with a zero.</param>
    /// <param name="isShort">
    /// Whether the kernel gives all of it at once, as it does with what it formats as one record: then nobody asks whether there is more,
    /// which would be a fifth of the cost.
    /// </param>
    /// <returns>How much was read; less than zero if the file could not be opened.</returns>
    public static int Read(ReadOnlySpan<byte> path, Span<byte> buffer, bool isShort = false)
    {
        int descriptor;
        fixed (byte* start = path)
        {
            descriptor = Libc.Open(start, Libc.OCloseOnExec, 0);
        }

        if (descriptor < 0)
        {
            return -1;
        }

        try
        {
            int length = 0;
            fixed (byte* start = buffer)
            {
                nint count;
                while (length < buffer.Length && (count = Libc.Read(descriptor, start + length, buffer.Length - length)) > 0)
                {
                    length += (int)count;
                    if (isShort)
                    {
                        break;
                    }
                }
            }

            return length;
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }
}
