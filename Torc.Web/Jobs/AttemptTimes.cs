using Torc.Shared.Contracts;
using Torc.Shared.Quantities;

namespace Torc.Web.Jobs;

/// <summary>What is said of an attempt's time, and of its measurements when there are none.</summary>
public static class AttemptTimes
{
    /// <returns>Null as long as the attempt has not both begun and ended.</returns>
    public static TimeSpan? Duration(AttemptView attempt) => attempt.EndedAt - attempt.StartedAt;

    /// <param name="sampleEvery">Null if the spec keeps no series.</param>
    public static string WithoutSamples(AttemptView attempt, TimeSpan? sampleEvery) => (sampleEvery, attempt) switch
    {
        (null, _) => "This workflow's spec keeps no time series of CPU and memory.",
        (_, { StartedAt: null }) => "The job has not started.",
        ({ } every, _) when Duration(attempt) is { } duration =>
            $"The job ran {DurationText.Print(duration)}; samples are taken every {DurationText.Print(every)}.",
        ({ } every, _) => $"No sample yet; one is taken every {DurationText.Print(every)}.",
    };
}
