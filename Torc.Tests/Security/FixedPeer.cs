using System.Net;
using Torc.Web.Security;

namespace Torc.Tests.Security;

/// <summary>Says of every connection that it is the same user's.</summary>
internal sealed class FixedPeer(uint? uid) : IPeerLookup
{
    /// <summary>Nobody this server knows, whoever runs the test.</summary>
    public static readonly FixedPeer Stranger = new(4_000_000);

    public ValueTask<uint?> FindUidAsync(IPEndPoint client, IPEndPoint server, CancellationToken cancel) => new(uid);
}
