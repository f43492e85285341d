namespace Torc.Web.Security;

/// <summary>What the server knows about the other end of a connection, as a connection feature.</summary>
/// <param name="IsOwner">The socket at the other end belongs to the user this server runs as.</param>
internal sealed record PeerUid(uint? Uid, bool IsOwner);
