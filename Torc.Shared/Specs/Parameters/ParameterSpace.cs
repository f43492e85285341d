using System.Globalization;

namespace Torc.Shared.Specs.Parameters;

/// <summary>The parameters of one object, and every combination of their values.</summary>
internal sealed class ParameterSpace
{
    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyList<IReadOnlyList<ParameterValue>> _values;
    private readonly Dictionary<string, int> _places;
    private readonly bool _isZip;

    /// <param name="values">For each name, its values; of equal length for a zip.</param>
    public ParameterSpace(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<ParameterValue>> values, bool isZip)
    {
        _names = names;
        _values = values;
        _places = names.Select((name, place) => (name, place)).ToDictionary(parameter => parameter.name, parameter => parameter.place);
        _isZip = isZip;
        Count = names.Count == 0 ? 1 : isZip ? values[0].Count : Product(values);
    }

    /// <summary>Of an object without parameters: one copy.</summary>
    public static ParameterSpace Single { get; } = new([], [], isZip: false);

    public IReadOnlyList<string> Names => _names;

    public bool IsSingle => _names.Count == 0;

    /// <summary>How many copies the object makes; <see cref="long.MaxValue"/> if it cannot be counted.</summary>
    public long Count { get; }

    /// <returns>The place of a parameter among the values of a copy.</returns>
    public int? Find(string name) => _places.TryGetValue(name, out int place) ? place : null;

    /// <summary>The values of a copy, in the order of the parameters. Of a product, the last parameter changes fastest.</summary>
    /// <param name="copy">From 0.</param>
    public ParameterValue[] Combination(long copy)
    {
        var values = new ParameterValue[_names.Count];
        for (int index = _names.Count - 1; index >= 0; index--)
        {
            int count = _values[index].Count;
            values[index] = _values[index][(int)(_isZip ? copy : copy % count)];
            copy = _isZip ? copy : copy / count;
        }

        return values;
    }

    /// <summary>A copy's values as they are printed, by their names.</summary>
    public IEnumerable<(string Name, string Value)> Named(ParameterValue[] values) => _names.Zip(values, (name, value) => (name, value.ToString()));

    /// <summary>Prints a copy's values: <c>i=7, mode=fast</c>.</summary>
    public string Describe(ReadOnlySpan<ParameterValue> values)
    {
        var parts = new List<string>(values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_names[index]}={values[index]}"));
        }

        return string.Join(", ", parts);
    }

    private static long Product(IReadOnlyList<IReadOnlyList<ParameterValue>> values)
    {
        long product = 1;
        foreach (var list in values)
        {
            product = list.Count > 0 && product > long.MaxValue / list.Count ? long.MaxValue : product * list.Count;
        }

        return product;
    }
}
