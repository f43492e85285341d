using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Agent.Running;

/// <summary>Gives each attempt GPUs of its own, by the names under which programs find them.</summary>
internal sealed class GpuPool
{
    private readonly Dictionary<AttemptId, IReadOnlyList<string>> _taken = [];
    private IReadOnlyList<string> _offered = [];

    /// <summary>Names for GPUs of which only the number is known.</summary>
    public static IReadOnlyList<string> Numbered(int count) => [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>From now on there are these. Attempts keep what they have, even what is not offered any more.</summary>
    public void Offer(IReadOnlyList<string> gpus) => _offered = [.. gpus.Distinct(StringComparer.Ordinal)];

    /// <returns>So many that nobody has; all of those if there are fewer.</returns>
    public IReadOnlyList<string> Take(AttemptId attempt, int count)
    {
        var held = _taken.Values.SelectMany(gpus => gpus).ToHashSet(StringComparer.Ordinal);
        string[] given = [.. _offered.Where(gpu => !held.Contains(gpu)).Take(count)];
        if (given.Length > 0)
        {
            _taken.Add(attempt, given);
        }

        return given;
    }

    /// <summary>Those that an attempt has.</summary>
    public IReadOnlyList<string> Of(AttemptId attempt) => _taken.GetValueOrDefault(attempt) ?? [];

    public bool IsUsed => _taken.Count > 0;

    public void Release(AttemptId attempt) => _taken.Remove(attempt);
}
