namespace Torc.Tests.Security;

/// <param name="Status">0 when the server closed the connection without an answer in HTTP/1.</param>
internal sealed record RawResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public static readonly RawResponse Nothing = new(0, [], "");

    /// <summary>What a request may be answered with that must not have an effect.</summary>
    public bool IsRefused => Status is 0 or 400 or 401 or 403 or 405 or 415 or 421;

    public string? this[string header] => Headers.FirstOrDefault(known => known.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value;
}
