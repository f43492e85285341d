namespace Torc.Web.Security;

internal sealed record LoginCode(string Code, DateTimeOffset ExpiresAt)
{
    /// <summary>The one-time link to open in a browser.</summary>
    /// <param name="server">Without a trailing slash.</param>
    public string LinkAt(string server) => $"{server}/login?code={Code}";

    /// <summary>Says nothing of the code, for it may land in a log.</summary>
    public override string ToString() => $"a login code good until {ExpiresAt:u}";
}
