using System.Runtime.InteropServices;
using Torc.Agent.Running;

namespace Torc.Agent.Client;

/// <summary>This process's standard output as bytes. It notices when nobody reads them any more, which the framework's own does not say.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <returns>False if whoever read it has gone.</returns>
    public static unsafe bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint written;
            fixed (byte* start = bytes)
            {
                written = Libc.Write(Descriptor, start, bytes.Length);
            }

            if (written >= 0)
            {
                bytes = bytes[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() != Libc.EIntr)
            {
                return false;
            }
        }

        return true;
    }
}
