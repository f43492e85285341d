using System.Security.Cryptography;
using System.Text;

namespace Torc.Web.Engine;

/// <summary>By this a request is known when it comes again, because its answer was lost.</summary>
/// <param name="Key">What its sender calls it.</param>
/// <param name="Fingerprint">A digest of what it asks for: nothing else can be asked for under the same key.</param>
public sealed record RequestKey(string Key, string Fingerprint)
{
    /// <param name="asked">What the request asks for, part by part.</param>
    public static RequestKey Of(string key, params ReadOnlySpan<string?> asked)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? part in asked)
        {
            // A part that is not there is another than an empty one, and none runs into the next.
            byte[] text = Encoding.UTF8.GetBytes(part ?? "");
            digest.AppendData(BitConverter.GetBytes(part is null ? -1 : text.Length));
            digest.AppendData(text);
        }

        return new RequestKey(key, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }
}
