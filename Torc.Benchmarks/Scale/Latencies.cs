using System.Collections.Concurrent;
using System.Diagnostics;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Benchmarks.Scale;

/// <summary>How long simulated agents waited. Job <c>second7</c> waits for <c>first7</c>.</summary>
internal sealed class Latencies
{
    private const string First = "first";
    private const string Second = "second";

    private readonly ConcurrentBag<double> _claims = [];
    private readonly ConcurrentBag<double> _handOvers = [];
    private readonly ConcurrentDictionary<AttemptId, string> _running = [];
    private readonly ConcurrentDictionary<string, long> _ended = [];

    /// <summary>From asking for work to getting some, in milliseconds.</summary>
    public IReadOnlyCollection<double> Claims => _claims;

    /// <summary>From telling the end of a job to getting the one that waited for it, on whichever agent, in milliseconds.</summary>
    public IReadOnlyCollection<double> HandOvers => _handOvers;

    /// <param name="at">Just before it is sent.</param>
    public void Told(IEnumerable<AttemptReport> reports, long at)
    {
        foreach (var report in reports.OfType<AttemptEnded>())
        {
            if (_running.TryRemove(report.Attempt, out string? name))
            {
                _ended[name] = at;
            }
        }
    }

    /// <param name="askedAt">When the report was sent that this answers.</param>
    public void Heard(ReportAnswer answer, long askedAt)
    {
        if (answer.Start.Count > 0)
        {
            _claims.Add(Stopwatch.GetElapsedTime(askedAt).TotalMilliseconds);
        }

        foreach (var assignment in answer.Start)
        {
            // The names of different workflows are different.
            string name = $"{assignment.Workflow} {assignment.JobName}";
            if (assignment.JobName.StartsWith(First, StringComparison.Ordinal))
            {
                _running[assignment.Attempt] = name;
            }
            else if (_ended.TryRemove(name.Replace(Second, First, StringComparison.Ordinal), out long ended))
            {
                _handOvers.Add(Stopwatch.GetElapsedTime(ended).TotalMilliseconds);
            }
        }
    }
}
