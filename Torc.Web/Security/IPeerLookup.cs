using System.Net;

namespace Torc.Web.Security;

/// <summary>Tells whose socket is at the other end of a connection within this machine.</summary>
internal interface IPeerLookup
{
    /// <returns>The uid, or null when it cannot be told: the caller must then treat the peer as a stranger.</returns>
    ValueTask<uint?> FindUidAsync(IPEndPoint client, IPEndPoint server, CancellationToken cancel);
}
