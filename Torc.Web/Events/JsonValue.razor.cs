using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Torc.Web.Events;

/// <summary>A JSON value in one line; a long one opens.</summary>
public sealed partial class JsonValue
{
    private const int LongestLine = 100;

    /// <summary>It becomes the text of an element, where nothing has to be escaped.</summary>
    private static readonly JsonSerializerOptions Lines = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string _short = "";

    /// <summary>Null for nothing.</summary>
    [Parameter, EditorRequired]
    public JsonElement? Value { get; set; }

    protected override void OnParametersSet()
    {
        if (Value is { } value)
        {
            _short = JsonSerializer.Serialize(value, OneLine);
        }
    }

    private static string Long(JsonElement value) => JsonSerializer.Serialize(value, Lines);
}
