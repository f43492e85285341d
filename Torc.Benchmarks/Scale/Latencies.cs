using System.Collections.Concurrent;
using System.Diagnostics;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Benchmarks.Scale;

/// <summary>How long simulated agents waited. Job <c>j7_3</c> waits for <c>j7_2</c>.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _claims = [];
    private readonly ConcurrentBag<double> _handOvers = [];
    private readonly ConcurrentDictionary<AttemptId, string> _running = [];
    private readonly ConcurrentDictionary<string, long> _ended = [];

    /// <summary>From asking for work to getting some, in milliseconds.</summary>
    public IReadOnlyCollection<double> Claims => _claims;

    /// <summary>From telling the end of a job to getting the one that waited for it, on whichever agent, in milliseconds.</summary>
    public IReadOnlyCollection<double> HandOvers => _handOvers;

    /// <summary>Forgets what was measured so far.</summary>
    public void Clear()
    {
        _claims.Clear();
        _handOvers.Clear();
    }

    /// <param name="at">Just before it is sent.</param>
    public void Told(IEnumerable<AttemptReport> reports, long at)
    {
        foreach (var report in reports.OfType<AttemptEnded>())
        {
            if (_running.TryRemove(report.Attempt, out string? chain))
            {
                _ended[chain] = at;
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
            string chain = $"{assignment.Workflow} {assignment.JobName[..(assignment.JobName.IndexOf('_', StringComparison.Ordinal) is >= 0 and var end ? end : assignment.JobName.Length)]}";
            _running[assignment.Attempt] = chain;
            if (_ended.TryRemove(chain, out long ended))
            {
                _handOvers.Add(Stopwatch.GetElapsedTime(ended).TotalMilliseconds);
            }
        }
    }
}
