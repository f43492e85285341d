namespace Torc.Shared.Specs.Schema;

/// <summary>What a value of a spec looks like: for whoever writes one, and for the schema that editors use.</summary>
internal abstract record SpecShape
{
    private SpecShape()
    {
    }

    /// <param name="Pattern">What it must look like, as JSON Schema has it; null for any text.</param>
    public sealed record Text(string What = "text", string? Pattern = null) : SpecShape;

    /// <summary>The name of something that the spec declares, or gives itself.</summary>
    public sealed record Name(string What = "name") : SpecShape;

    /// <param name="Doubt">What is said of those that mean nothing, and are no error; null if there are none.</param>
    public sealed record Whole(int Min, int Max, WholeDoubt? Doubt = null) : SpecShape;

    public sealed record Flag : SpecShape;

    /// <summary>A text or a number with a unit.</summary>
    public sealed record Amount(string What, string Pattern) : SpecShape;

    public sealed record Choice(params string[] Values) : SpecShape;

    /// <summary>Any JSON value.</summary>
    public sealed record Anything : SpecShape;

    /// <summary>An object with any keys, or a text.</summary>
    public sealed record ObjectOrText : SpecShape;

    public sealed record List(SpecShape Of) : SpecShape;

    /// <summary>Names that the author chooses, each with a value.</summary>
    public sealed record Map(SpecShape Of) : SpecShape;

    /// <summary>The values of a parameter: a range or list as text, a list, or one value.</summary>
    public sealed record ParameterValues : SpecShape;

    /// <summary>A text or a number, which stands for its text.</summary>
    public sealed record Plain : SpecShape;

    public sealed record Object(SpecObjectKind Kind) : SpecShape;

    public sealed record NameOrObject(SpecObjectKind Kind) : SpecShape;
}
