using System.Net;

namespace Torc.Web.Security;

/// <summary>Where the server listens, from <c>--host</c> and <c>--port</c>.</summary>
internal sealed class ServerAddressOptions
{
    public const int DefaultPort = 8080;

    /// <summary>
    /// A name of this machine's loopback interface; the server listens on 127.0.0.1 and, where the machine has it,
    /// on ::1, whichever is named.
    /// </summary>
    /// <value><c>localhost</c>, <c>127.0.0.1</c>, <c>::1</c> or <c>[::1]</c>; default <c>localhost</c></value>
    public string Host { get; init; } = "localhost";

    /// <value>0 (any free port) to 65535; default none: 8080, or the next free one</value>
    public int? Port { get; init; }

    /// <exception cref="StartRefusedException">The host is not a loopback name, or the port is not a port.</exception>
    public static ServerAddressOptions Read(string? host, string? port)
    {
        if (!string.IsNullOrEmpty(host) && host is not ("localhost" or "127.0.0.1" or "::1" or "[::1]"))
        {
            throw new StartRefusedException(
                $"Torc does not listen on '{host}': this version serves this machine only (127.0.0.1 and ::1), because whoever reaches the server can run commands as you.\n"
                + "From another computer, open a tunnel there and then http://localhost:8080:\n"
                + $"  ssh -L 8080:localhost:{(string.IsNullOrEmpty(port) ? "8080" : port)} {Dns.GetHostName()}");
        }

        if (string.IsNullOrEmpty(port))
        {
            return new ServerAddressOptions();
        }

        return ushort.TryParse(port, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort number)
            ? new ServerAddressOptions { Port = number }
            : throw new StartRefusedException($"'{port}' is not a port: it must be a number from 0 (any free port) to 65535.");
    }
}
