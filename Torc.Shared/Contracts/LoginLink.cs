namespace Torc.Shared.Contracts;

/// <summary>A link that lets one browser in, once: the answer to <c>POST /api/v1/login-codes</c>.</summary>
public sealed record LoginLink(string Url, DateTimeOffset ExpiresAt)
{
    /// <summary>Says nothing of the URL, for it may land in a log.</summary>
    public override string ToString() => $"a login link good until {ExpiresAt:u}";
}
