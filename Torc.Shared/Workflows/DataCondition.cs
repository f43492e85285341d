using System.Globalization;
using System.Text.Json;

namespace Torc.Shared.Workflows;

/// <summary>
/// A question to a field of JSON data, such as <c>loss&lt;0.2</c>, <c>phase=train</c>, <c>model.layers&gt;=3</c>: a path with dots, one of
/// <c>= != &lt; &lt;= &gt; &gt;=</c>, a value. Numbers are compared as numbers, everything else as text. What is not there meets no condition.
/// </summary>
public sealed class DataCondition
{
    // The longer ones first, or <= would be read as <.
    private static readonly string[] Signs = ["!=", "<=", ">=", "=", "<", ">"];

    private readonly string[] _path;
    private readonly string _sign;
    private readonly string _value;
    private readonly double? _number;

    private DataCondition(string path, string sign, string value)
    {
        _path = path.Split('.');
        _sign = sign;
        _value = value;
        _number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }

    /// <returns>Null if it is not written like one.</returns>
    public static DataCondition? TryParse(string text)
    {
        int at = text.IndexOfAny(['!', '<', '>', '=']);
        return at > 0 && Signs.FirstOrDefault(sign => text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal)) is { } sign
            ? new DataCondition(text[..at].Trim(), sign, text[(at + sign.Length)..].Trim())
            : null;
    }

    public bool IsMetBy(JsonElement data)
    {
        foreach (string step in _path)
        {
            if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty(step, out var member))
            {
                data = member;
            }
            else if (data.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < data.GetArrayLength())
            {
                data = data[index];
            }
            else
            {
                return false;
            }
        }

        int order = data.ValueKind == JsonValueKind.Number && _number is { } number
            ? data.GetDouble().CompareTo(number)
            : string.CompareOrdinal(data.ValueKind == JsonValueKind.String ? data.GetString() : data.GetRawText(), _value);
        return _sign switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
