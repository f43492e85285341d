using Torc.Agent.Running;
using Torc.Agent.Sampling;

namespace Torc.Agent.Client;

/// <summary>A process that we did not start ourselves, told apart from a later one with the same pid by its start.</summary>
internal static class OtherProcess
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <returns>When it started, in clock ticks since boot; null if there is no such process.</returns>
    public static long? StartTicks(int pid) => ProcFolder.TryRead(pid, out var process) ? process.StartTicks : null;

    /// <summary>Asks a process to end, and waits until it has.</summary>
    /// <exception cref="CommandException">It is still there after <paramref name="patience"/>.</exception>
    public static async Task EndAsync(int pid, long startTicks, TimeSpan patience, CancellationToken cancel)
    {
        if (StartTicks(pid) != startTicks)
        {
            return;
        }

        Libc.Kill(pid, Libc.SigTerm);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            while (StartTicks(pid) == startTicks)
            {
                await Task.Delay(Pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Internal, $"Process {pid} was asked to end and is still there after {patience.TotalSeconds} s.");
        }
    }
}
