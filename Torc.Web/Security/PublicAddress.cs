namespace Torc.Web.Security;

/// <summary>
/// Where a proxy offers this server to browsers, from <c>--public-url</c>. Only the address that is set is believed: what a request
/// says about the way it came opens nothing.
/// </summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">As browsers send it: with a port unless it is the usual one.</param>
/// <param name="Prefix">What every path there begins with, such as <c>/torc</c>; empty for none.</param>
internal sealed record PublicAddress(string Scheme, string Host, PathString Prefix)
{
    /// <summary>As browsers send it with what they write.</summary>
    public string Origin => $"{Scheme}://{Host}";

    /// <summary>Without a trailing slash.</summary>
    public string Url => Origin + Prefix.ToUriComponent();

    /// <summary>Whether a request names this address, as those do that come through the proxy.</summary>
    public bool IsAskedBy(HttpRequest request) => request.Headers.Host is [{ } host] && host.Equals(Host, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null if none is set.</returns>
    /// <exception cref="StartRefusedException">It is not the address of a web page.</exception>
    public static PublicAddress? Read(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return null;
        }

        // Not only a path: on Linux that is an absolute address as well, of a file.
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            throw new StartRefusedException($"'{url}' is not where a proxy can offer Torc: --public-url takes the address that people open, such as https://hub.example.org/torc/.");
        }

        return new PublicAddress(address.Scheme, address.Authority, PathString.FromUriComponent(address.AbsolutePath.TrimEnd('/')));
    }
}
