using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Torc.Web.Security;

/// <summary>
/// Reads the kernel's tables of TCP sockets. <c>/proc/net/tcp</c>, and below it <c>/proc/net/tcp6</c> with an IPv6
/// socket that speaks IPv4:
/// <code>
///   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
///    1: 0100007F:C086 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 18837 2 0000000031c9694d 20 0 0 10 -1
///    1: 0000000000000000FFFF00000100007F:C08E 0000000000000000FFFF00000100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 20223 1 …
/// </code>
/// An address is its bytes as 32-bit numbers in the machine's byte order, a port is a number.
/// </summary>
internal static class SocketTable
{
    private const int UidField = 3;
    private const int InodeField = 5;

    /// <summary>The uid of the established socket that <paramref name="client"/> holds towards <paramref name="server"/>.</summary>
    /// <param name="table">The whole text of one table.</param>
    /// <returns>
    /// Null when there is no such line, or when nobody holds the socket any more. Kernels show uid 0 for a socket
    /// that its process has closed, or in TIME_WAIT; taking that for an answer would let anybody act as root by hanging up early.
    /// </returns>
    public static uint? FindUid(ReadOnlySpan<byte> table, IPEndPoint client, IPEndPoint server)
    {
        // 01 is ESTABLISHED, the one state in which a peer that wants an answer can be.
        byte[] wanted = Encoding.ASCII.GetBytes($": {Raw(client)} {Raw(server)} 01 ");
        int start = table.IndexOf(wanted);
        if (start < 0)
        {
            return null;
        }

        var rest = table[(start + wanted.Length)..];
        int end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            return null;
        }

        return ReadUid(rest[..end]);
    }

    /// <summary>An IPv4 address as an IPv6 socket holds it: <c>::ffff:127.0.0.1</c>.</summary>
    public static IPEndPoint AsIPv6(IPEndPoint address) => new(address.Address.MapToIPv6(), address.Port);

    private static uint? ReadUid(ReadOnlySpan<byte> fields)
    {
        uint? uid = null;
        int field = 0;
        while (!fields.IsEmpty)
        {
            fields = fields.TrimStart((byte)' ');
            int end = fields.IndexOf((byte)' ');
            var value = end < 0 ? fields : fields[..end];
            fields = fields[value.Length..];
            if (field == UidField)
            {
                uid = Utf8Parser.TryParse(value, out uint number, out int used) && used == value.Length ? number : null;
            }
            else if (field == InodeField)
            {
                return Utf8Parser.TryParse(value, out ulong inode, out int used) && used == value.Length && inode != 0 ? uid : null;
            }

            field++;
        }

        return null;
    }

    private static string Raw(IPEndPoint address)
    {
        var raw = new StringBuilder();
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(address.Address.GetAddressBytes()))
        {
            raw.Append(CultureInfo.InvariantCulture, $"{word:X8}");
        }

        return raw.Append(CultureInfo.InvariantCulture, $":{address.Port:X4}").ToString();
    }
}
