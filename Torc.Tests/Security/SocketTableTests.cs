using System.Net;
using System.Text;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

public sealed class SocketTableTests
{
    private const string IPv4 =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 638 1 00000000b2cd115e 100 0 0 10 0
           1: 0100007F:1F90 0100007F:C086 01 00000000:00000000 00:00000000 00000000  1000        0 18836 1 0000000031c9694d 20 0 0 10 -1
           2: 0100007F:C086 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 18837 2 0000000031c9694d 20 0 0 10 -1
           3: 0200007F:C086 0100007F:1F90 01 00000000:00000000 02:000A 00000000     0        0 18838 2 000000004bb5aab3 20 0 0 10 -1
           4: 0100007F:C087 0100007F:1F90 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0000000000000000
           5: 0100007F:C088 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 0 1 000000004bb5aab3 20 0 0 10 -1
           6: 0100007F:C089 0100007F:1F90 05 00000000:00000000 00:00000000 00000000  1000        0 18840 1 000000004bb5aab3 20 0 0 10 -1
           7: 0100007F:C08A 0100007F:1F90 01 00000000:00000000 00:00000000 00000000 -1        0 18841 1 000000004bb5aab3 20 0 0 10 -1
           8: 0100007F:C08B 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  4294967294        0 18841 1 000000004bb5aab3 20 0 0 10 -1

        """;

    private const string IPv6 =
        """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           1: 0000000000000000FFFF00000100007F:C08E 0000000000000000FFFF00000100007F:1F90 01 00000000:00000000 00:00000000 00000000   501        0 20223 1 0000000040ef5d1d 20 0 0 10 -1
           2: 00000000000000000000000001000000:8D2C 00000000000000000000000001000000:1F90 01 00000000:00000000 00:00000000 00000000   502        0 20224 2 000000006886fb0f 20 0 0 10 -1

        """;

    private static readonly IPEndPoint Server = new(IPAddress.Loopback, 8080);

    [Fact]
    public void The_line_of_the_clients_end_gives_the_uid() => Assert.Equal(1001u, Find(IPv4, new(IPAddress.Loopback, 0xC086), Server));

    [Fact]
    public void The_servers_own_end_is_another_line() => Assert.Equal(1000u, Find(IPv4, Server, new(IPAddress.Loopback, 0xC086)));

    [Fact]
    public void The_same_port_of_another_loopback_address_is_another_socket() =>
        Assert.Equal(0u, Find(IPv4, new(IPAddress.Parse("127.0.0.2"), 0xC086), Server));

    [Theory]
    [InlineData(0xC087, "a socket in TIME_WAIT")]
    [InlineData(0xC088, "a socket that no process holds any more")]
    [InlineData(0xC089, "a socket that has said its last word")]
    [InlineData(0xC08A, "a uid that is no number")]
    [InlineData(0xC0FF, "no line at all")]
    [InlineData(0x0C08, "part of a port")]
    public void Nobody_is_named_for(int port, string what) => Assert.True(Find(IPv4, new(IPAddress.Loopback, port), Server) is null, what);

    [Fact]
    public void The_largest_uid_is_read() => Assert.Equal(4_294_967_294u, Find(IPv4, new(IPAddress.Loopback, 0xC08B), Server));

    [Fact]
    public void An_ipv6_address_is_four_numbers() => Assert.Equal(502u, Find(IPv6, new(IPAddress.IPv6Loopback, 0x8D2C), new(IPAddress.IPv6Loopback, 8080)));

    [Fact]
    public void An_ipv4_address_inside_ipv6_is_found_under_its_mapped_name() =>
        Assert.Equal(501u, Find(IPv6, SocketTable.AsIPv6(new(IPAddress.Loopback, 0xC08E)), SocketTable.AsIPv6(Server)));

    [Fact]
    public void A_table_cut_anywhere_never_names_somebody_else()
    {
        for (int length = 0; length < IPv4.Length; length++)
        {
            Assert.True(Find(IPv4[..length], new(IPAddress.Loopback, 0xC086), Server) is null or 1001u);
        }
    }

    private static uint? Find(string table, IPEndPoint client, IPEndPoint server) => SocketTable.FindUid(Encoding.ASCII.GetBytes(table), client, server);
}
