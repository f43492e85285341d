namespace Torc.Shared.Specs.Parameters;

/// <summary>The values that one copy of an object has, put into words only where a message needs them.</summary>
internal readonly record struct Combination(ParameterSpace Space, ParameterValue[] Values)
{
    /// <summary>Prints <c>i=7, mode=fast</c>; empty if parameters made no copies.</summary>
    public override string ToString() => Space.Describe(Values);
}
