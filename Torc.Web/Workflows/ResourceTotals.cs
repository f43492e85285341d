using Torc.Shared.Contracts;
using Torc.Shared.Quantities;

namespace Torc.Web.Workflows;

/// <summary>What the jobs of a workflow were given and what they made of it, by their newest attempts.</summary>
/// <param name="Held">CPU time that was kept for them, of those attempts whose CPU time is known.</param>
/// <param name="Used">CPU time that they used.</param>
/// <param name="Idle">Kept for jobs that ended well, and not used.</param>
/// <param name="Failed">Kept for attempts that ended badly, whether used or not.</param>
/// <param name="Closest">The job that came closest to the memory that it asked for; null if none asks for any or none was measured.</param>
/// <param name="MostMemory">The most that any job held; null if none was measured.</param>
/// <param name="GpuHeld">GPU time that was kept for jobs whose GPUs were measured.</param>
/// <param name="GpuUsed">How much of it the GPUs were busy.</param>
/// <param name="AsksForGpus">Whether any job does.</param>
internal sealed record ResourceTotals(
    TimeSpan Held, TimeSpan Used, TimeSpan Idle, TimeSpan Failed, JobUseView? Closest, MemorySize? MostMemory, TimeSpan GpuHeld, TimeSpan GpuUsed, bool AsksForGpus)
{
    public TimeSpan Wasted => Idle + Failed;

    public static ResourceTotals Of(IReadOnlyCollection<JobUseView> jobs)
    {
        var (held, used, idle, failed, gpuHeld, gpuUsed) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var job in jobs)
        {
            if (job is { Took: { } took, CpuTime: { } cpu })
            {
                var kept = took * job.Needs.Cpus;
                held += kept;
                used += cpu;
                idle += job.Outcome.Succeeded && kept > cpu ? kept - cpu : TimeSpan.Zero;
                failed += job.Outcome.Succeeded ? TimeSpan.Zero : kept;
            }

            if (job is { Took: { } lasted, GpuPercent: { } percent, Needs.Gpus: > 0 })
            {
                gpuHeld += lasted * job.Needs.Gpus;
                gpuUsed += lasted * (percent / 100);
            }
        }

        return new ResourceTotals(
            held,
            used,
            idle,
            failed,
            jobs.Where(job => job is { PeakMemory: not null, Needs.Memory.Bytes: > 0 }).MaxBy(job => (double)job.PeakMemory!.Value.Bytes / job.Needs.Memory.Bytes),
            jobs.Max(job => job.PeakMemory?.Bytes) is { } most ? new MemorySize(most) : null,
            gpuHeld,
            gpuUsed,
            jobs.Any(job => job.Needs.Gpus > 0));
    }
}
