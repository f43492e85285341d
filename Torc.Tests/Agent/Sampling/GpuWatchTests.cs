using System.Collections.Concurrent;
using Torc.Agent.Sampling;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Sampling;

/// <summary>What GPUs do, by a program that says it as <c>nvidia-smi</c> does.</summary>
public sealed class GpuWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<GpuReading> _heard = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0, GPU-aa11, 37, 1024", 0, "GPU-aa11", 37.0, 1024L)]
    [InlineData("12, GPU-bb22, [N/A], 3", 12, "GPU-bb22", null, 3L)]
    [InlineData("1, GPU-cc33, 100, [Not Supported]", 1, "GPU-cc33", 100.0, null)]
    public void A_line_is_a_reading_of_one_device(string line, int index, string id, double? percent, long? mebibytes) =>
        Assert.Equal(new GpuReading(index, id, percent, mebibytes is { } size ? MemorySize.Mebibytes(size) : null), GpuReading.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("Unable to determine the device handle for GPU0: Unknown Error")]
    [InlineData("index, uuid, utilization.gpu [%], memory.used [MiB]")]
    [InlineData("0, GPU-aa11, 37")]
    public void Anything_else_is_none(string line) => Assert.Null(GpuReading.Parse(line));

    [Fact]
    public void What_an_attempt_uses_is_what_its_own_devices_do_as_long_as_that_is_news()
    {
        var readings = new GpuReadings();
        readings.Add(new GpuReading(0, "GPU-aa11", 37, MemorySize.Mebibytes(100)), TimeSpan.FromSeconds(10));
        readings.Add(new GpuReading(1, "GPU-bb22", 90, MemorySize.Mebibytes(200)), TimeSpan.FromSeconds(12));
        readings.Add(new GpuReading(2, "GPU-cc33", 5, null), TimeSpan.FromSeconds(12));

        Assert.Equal(new GpuUse(127, MemorySize.Mebibytes(300)), readings.Of(["GPU-aa11", "1"], TimeSpan.FromSeconds(13)));
        Assert.Equal(new GpuUse(95, null), readings.Of(["gpu-bb", "2"], TimeSpan.FromSeconds(13)));
        Assert.Equal(new GpuUse(null, null), readings.Of(["0", "1"], TimeSpan.FromSeconds(15.1)));
        Assert.Equal(new GpuUse(null, null), readings.Of(["MIG-1"], TimeSpan.FromSeconds(13)));
        Assert.Equal(default, readings.Of([], TimeSpan.FromSeconds(13)));
    }

    [Fact]
    public async Task The_program_is_asked_once_and_heard_until_nobody_wants_to_know_and_then_it_is_gone()
    {
        string program = await WriteAsync("""
            echo "$$ $*" >> asked
            while :; do echo '0, GPU-aa11, 37, 1024'; echo 'nonsense' >&2; sleep 0.05; done
            """);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var watching = Watch(program, stop.Token);
        await HeardAsync(3);

        await stop.CancelAsync();
        await watching.WaitAsync(Waiting.Patience, Cancel);

        string asked = Assert.Single(await File.ReadAllLinesAsync(_folder.At("asked"), Cancel));
        Assert.EndsWith(" --query-gpu=index,uuid,utilization.gpu,memory.used --format=csv,noheader,nounits -lms 1000", asked, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{asked.Split(' ')[0]}"));
    }

    [Fact]
    public async Task A_program_that_ends_is_started_again()
    {
        string program = await WriteAsync("echo '0, GPU-aa11, 37, 1024'");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var watching = Watch(program, stop.Token);

        await HeardAsync(2);

        await stop.CancelAsync();
        await watching.WaitAsync(Waiting.Patience, Cancel);
    }

    [Fact]
    public async Task Where_there_is_no_such_program_nothing_is_known()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var watching = Watch(_folder.At("none"), stop.Token);

        await stop.CancelAsync();
        await watching.WaitAsync(Waiting.Patience, Cancel);

        Assert.Empty(_heard);
    }

    public void Dispose() => _folder.Dispose();

    private Task Watch(string program, CancellationToken stop) => new GpuWatch(TimeProvider.System, program).RunAsync(
        reading =>
        {
            _heard.Enqueue(reading);
            return Task.CompletedTask;
        },
        stop);

    private Task HeardAsync(int count) => Waiting.UntilAsync(() => Task.FromResult(_heard.Count), heard => heard >= count, $"{count} readings are heard");

    private async Task<string> WriteAsync(string script)
    {
        string program = _folder.At("nvidia-smi");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ncd '{_folder.Path}'\n{script}\n", Cancel);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return program;
    }
}
