namespace Torc.Shared.Specs.Schema;

/// <summary>A key that a kind of object has.</summary>
/// <param name="Summary">What it means, in one sentence without a full stop; Markdown.</param>
/// <param name="Example">A value, as YAML.</param>
/// <param name="Default">What is taken where the key is absent, as the manual shows it; null where there is nothing to say.</param>
internal sealed record SpecField(string Name, SpecShape Shape, string Summary, string Example, string? Default = null)
{
    public bool IsRequired { get; init; }

    public SpecFieldUse Use { get; init; }
}
