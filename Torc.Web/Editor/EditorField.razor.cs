using Microsoft.AspNetCore.Components;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>One key of a thing in the form, as the schema describes it.</summary>
public sealed partial class EditorField
{
    private const int MostRows = 12;

    // What the field shows: after an event it is drawn once before the new value has come from above, and would take back what is typed on.
    private string? _value;
    private string? _refusal;

    [Parameter, EditorRequired]
    public SpecFormField Field { get; set; } = null!;

    /// <summary>Tells fields of one page apart.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = null!;

    [Parameter]
    public bool CanEdit { get; set; }

    /// <summary>What was seen of it; null for nothing.</summary>
    [Parameter]
    public string? Seen { get; set; }

    /// <summary>Several things are selected, and they differ in it.</summary>
    [Parameter]
    public bool Mixed { get; set; }

    /// <summary>Writes a value, null for none, and says why not if it cannot be.</summary>
    [Parameter, EditorRequired]
    public Func<SpecFormField, string?, string?> Set { get; set; } = null!;

    /// <summary>Somebody went elsewhere.</summary>
    [Parameter]
    public EventCallback Left { get; set; }

    private string Words => $"{char.ToUpperInvariant(Field.Name[0])}{Field.Name[1..].Replace('_', ' ')}";

    private IReadOnlyList<string> Stops => EditorStops.Of(Field.Name, Field.Value);

    private int Rows => Math.Clamp((Field.Value?.Count(letter => letter == '\n') ?? 0) + 1 + ((Field.Value?.Length ?? 0) / 44), 2, MostRows);

    protected override void OnParametersSet() => _value = Field.Value;

    private void Write(string? value)
    {
        _value = value;
        _refusal = Set(Field, string.IsNullOrEmpty(value) && !Field.IsRequired ? null : value ?? "");
    }
}
