using Torc.Agent.Node;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Agent.Node;

public sealed class ThisMachineTests
{
    [Fact]
    public void A_machine_offers_what_it_has()
    {
        var capacity = ThisMachine.Capacity(cpus: null, memory: null, ["GPU-aa11", "GPU-bb22"]);

        Assert.Equal(Environment.ProcessorCount, capacity.Cpus);
        Assert.True(capacity.Memory > MemorySize.Mebibytes(100));
        Assert.Equal(2, capacity.Gpus);
    }

    [Fact]
    public void Memory_is_read_in_kibibytes() =>
        Assert.Equal(new MemorySize(24684084L << 10), ThisMachine.TotalMemory(["MemTotal:       24684084 kB", "MemFree: 1 kB"]));

    [Theory]
    [InlineData("0::/user.slice/job_7", "/sys/fs/cgroup/user.slice/job_7/memory.max", 500)]
    [InlineData("0::/user.slice/job_7", "/sys/fs/cgroup/user.slice/memory.max", 500)]
    [InlineData("0::/user.slice/job_7", "/sys/fs/cgroup/memory.max", 500)]
    [InlineData("4:memory:/slurm/job_7", "/sys/fs/cgroup/memory/slurm/memory.limit_in_bytes", 500)]
    [InlineData("5:cpu,memory:/a", "/sys/fs/cgroup/memory/a/memory.limit_in_bytes", 500)]
    [InlineData("5:cpu,cpuacct:/a", "/sys/fs/cgroup/memory/a/memory.limit_in_bytes", null)]
    public void The_limit_of_any_group_above_counts(string group, string file, int? expected)
    {
        var limit = ThisMachine.CgroupLimit([group], path => string.Equals(path, file, StringComparison.Ordinal) ? 500 : null);

        Assert.Equal(expected, (int?)limit?.Bytes);
    }

    [Theory]
    [InlineData("1700000000", "2023-11-14T22:13:20Z")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("9999999999999999", null)]
    public void An_allocation_of_Slurm_says_when_it_ends(string? told, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), ThisMachine.AllocationEnd(told));

    [Fact]
    public void The_lowest_limit_wins()
    {
        var limit = ThisMachine.CgroupLimit(["4:memory:/a/b", "0::/a/b"], path => path.Contains("/a/b/", StringComparison.Ordinal) ? 900 : 400);

        Assert.Equal(new MemorySize(400), limit);
    }
}
