using Microsoft.Extensions.Time.Testing;
using Torc.Agent.Sampling;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Sampling;

public sealed class MachineUseTests : IDisposable
{
    private readonly TemporaryFolder _proc = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_uses_what_is_not_idle_and_not_waiting_for_its_disk_since_the_look_before()
    {
        var machine = new MachineUse([], new GpuWatch(_time), _time, _proc.Path);
        await WriteAsync(user: 1000, idle: 5000, waiting: 70, available: 16_000_000);
        Assert.Null(machine.Look());

        _time.Advance(TimeSpan.FromSeconds(5));
        await WriteAsync(user: 1000 + (5 * 2 * ProcFolder.TicksPerSecond), idle: 9000, waiting: 500, available: 8_000_000);

        Assert.Equal(new UsageLevels(200, new MemorySize(12_000_000L << 10)), machine.Look());
    }

    [Fact]
    public async Task A_machine_that_does_not_say_what_it_does_has_no_samples()
    {
        var machine = new MachineUse([], new GpuWatch(_time), _time, _proc.Path);
        Assert.Null(machine.Look());
        await WriteAsync(1, 1, 1, 1);
        await File.WriteAllTextAsync(_proc.At("stat"), "nonsense\n", Cancel);
        Assert.Null(machine.Look());
    }

    [Fact]
    public void This_machine_says_what_it_does()
    {
        var machine = new MachineUse([], new GpuWatch(TimeProvider.System), TimeProvider.System);
        machine.Look();

        Assert.InRange(machine.Look()!.Value.Memory.Bytes, 1, long.MaxValue);
    }

    public void Dispose() => _proc.Dispose();

    private async Task WriteAsync(long user, long idle, long waiting, long available)
    {
        await File.WriteAllTextAsync(_proc.At("stat"), $"cpu  {user} 0 300 {idle} {waiting} 0 20 0 0 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n", Cancel);
        await File.WriteAllTextAsync(_proc.At("meminfo"), $"MemTotal:       20000000 kB\nMemFree:         100 kB\nMemAvailable:   {available} kB\n", Cancel);
    }
}
