namespace Torc.Shared.Specs.Editing;

/// <summary>A key of a thing as a form shows it.</summary>
/// <param name="Path">Keys from the thing inwards, as <see cref="SpecOperation.SetField"/> takes them.</param>
/// <param name="Summary">What it means, in one sentence without a full stop; Markdown.</param>
/// <param name="Example">A value, as YAML.</param>
/// <param name="Default">What is taken where the key is absent; null where there is nothing to say.</param>
/// <param name="Value">As the text has it; of lists their items between commas, of objects JSON. Null where the key is absent.</param>
/// <param name="Choices">The values that it may have; of names those that the document declares. Empty if any will do.</param>
public sealed record SpecFormField(
    IReadOnlyList<string> Path, SpecFormKind Kind, string Summary, string Example, string? Default, string? Value, bool IsRequired, IReadOnlyList<string> Choices)
{
    public string Name => Path[^1];
}
