using System.Text;
using System.Text.Json;

namespace Torc.Shared.Workflows;

/// <summary>
/// Writes and reads the values of the parameters that made one job of a sweep: a JSON object of texts, such as <c>{"i":"457","mode":"fast"}</c>.
/// Kept as text because a workflow has up to a million of them and hardly ever looks at one.
/// </summary>
public static class JobParameters
{
    public static string Write(IEnumerable<(string Name, string Value)> parameters)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in parameters)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <param name="text">Null for none.</param>
    /// <returns>In the order in which they were written.</returns>
    public static IReadOnlyList<(string Name, string Value)> Read(string? text)
    {
        if (text is null)
        {
            return [];
        }

        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateObject().Select(parameter => (parameter.Name, parameter.Value.GetString()!))];
    }

    /// <returns>Null if there is no such parameter.</returns>
    public static string? Find(string? text, string name) => Read(text).Where(parameter => parameter.Name.Equals(name, StringComparison.Ordinal)).Select(parameter => parameter.Value).FirstOrDefault();
}
