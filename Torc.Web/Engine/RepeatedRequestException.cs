namespace Torc.Web.Engine;

/// <summary>A request with this key has been answered already; nothing was done again.</summary>
public sealed class RepeatedRequestException(KeptRequest before) : Exception($"the request {before.Key.Key} came before")
{
    /// <summary>What it came to, or another one with its key.</summary>
    public KeptRequest Before { get; } = before;
}
