namespace Torc.Web.Security;

/// <summary>The answer to <c>POST /api/v1/login-codes</c>.</summary>
internal sealed record LoginLink(string Url, DateTimeOffset ExpiresAt)
{
    /// <summary>Says nothing of the URL, for it may land in a log.</summary>
    public override string ToString() => $"a login link good until {ExpiresAt:u}";
}
