using System.Collections;

namespace Torc.Shared.Specs.Parameters;

/// <summary>The values of a range such as <c>1:1000000</c>, made when they are asked for: few characters of a spec can say a million of them.</summary>
internal sealed class ParameterRange(decimal from, decimal by, int count, bool isWhole) : IReadOnlyList<ParameterValue>
{
    public int Count => count;

    // Computed from the first: adding the step again and again would add its error again and again.
    public ParameterValue this[int index] => isWhole ? ParameterValue.Whole((long)(from + (index * by))) : ParameterValue.Decimal(from + (index * by));

    public IEnumerator<ParameterValue> GetEnumerator() => Enumerable.Range(0, count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
