using System.ComponentModel;
using System.Diagnostics;

namespace Torc.Agent.Sampling;

/// <summary>Lets <c>nvidia-smi</c> say every second what the GPUs do, as one long child: to start one for each reading would cost a CPU.</summary>
/// <param name="program">The program to ask.</param>
internal sealed class GpuWatch(TimeProvider time, string program = "nvidia-smi")
{
    /// <summary>One that says nothing for longer hangs, and is started anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Watches until it is canceled; then nothing of it is left. Whatever happens to the program, it is tried again, less and less often.</summary>
    public async Task RunAsync(Func<GpuReading, Task> tell, CancellationToken cancel)
    {
        var pause = FirstPause;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                pause = await WatchAsync(tell, cancel) ? FirstPause : pause;
                await Task.Delay(pause, time, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Stays with one child until it ends or hangs.</summary>
    /// <returns>Whether it said anything.</returns>
    private async Task<bool> WatchAsync(Func<GpuReading, Task> tell, CancellationToken cancel)
    {
        bool hasSpoken = false;
        try
        {
            using var child = Process.Start(new ProcessStartInfo(program, [$"--query-gpu={GpuReading.Query}", "--format=csv,noheader,nounits", "-lms", "1000"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            try
            {
                // What is not read fills its pipe, and then it stands still.
                child.ErrorDataReceived += (_, _) => { };
                child.BeginErrorReadLine();
                while (await ReadAsync(child.StandardOutput, cancel) is { } line)
                {
                    if (GpuReading.Parse(line) is { } reading)
                    {
                        hasSpoken = true;
                        await tell(reading);
                    }
                }
            }
            finally
            {
                child.Kill();
                await child.WaitForExitAsync(CancellationToken.None);
            }
        }
        catch (Exception gone) when (gone is Win32Exception or IOException or InvalidOperationException)
        {
            // There is no such program, or it ended at this moment.
        }

        return hasSpoken;
    }

    /// <returns>Null if it has ended or hangs.</returns>
    private async Task<string?> ReadAsync(StreamReader output, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await output.ReadLineAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
