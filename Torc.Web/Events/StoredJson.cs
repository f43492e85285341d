using System.Text.Json;

namespace Torc.Web.Events;

/// <summary>JSON as it lies in a column.</summary>
internal static class StoredJson
{
    /// <returns>Null for no value, and for the JSON value null.</returns>
    public static JsonElement? Read(string? text)
    {
        if (text is null or "null")
        {
            return null;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
