using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Torc.Shared.Reruns;

/// <summary>Writes the value of user data as fingerprints have it: as it is, so that people can compare; or what identifies it if it is long.</summary>
public static class DataDigest
{
    private const int LongestShown = 2_000;

    /// <param name="json">JSON text; null for no value.</param>
    /// <returns>The same text however the value was laid out.</returns>
    public static string? Of(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        string compact = JsonSerializer.Serialize(document.RootElement, DataJson.Default.JsonElement);
        return compact.Length <= LongestShown ? compact : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(compact)))}";
    }
}
