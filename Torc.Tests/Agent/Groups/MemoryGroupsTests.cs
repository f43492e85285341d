using System.Text;
using Torc.Agent.Groups;
using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Groups;

public sealed class MemoryGroupsTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void In_version_1_groups_are_made_below_our_own()
    {
        Make("memory/slurm/job_7");

        Assert.Equal(("memory/slurm/job_7", MemoryGuard.CgroupV1), Assert.Single(Places("4:memory:/slurm/job_7", "3:cpuset:/a", "1:name=systemd:/")));
        Assert.Equal(("memory/slurm/job_7", MemoryGuard.CgroupV1), Assert.Single(Places("4:cpu,memory:/slurm/job_7")));
    }

    [Fact]
    public void In_a_container_that_knows_only_its_root_they_are_made_there()
    {
        Make("memory");

        Assert.Equal(("memory", MemoryGuard.CgroupV1), Assert.Single(Places("4:memory:/docker/abc")));
    }

    [Fact]
    public void In_version_2_they_are_made_where_the_groups_above_hand_memory_down()
    {
        Make("user.slice/app.slice/run.scope", "cpu pids");
        Make("user.slice/app.slice", "cpu memory pids\n");
        Make("user.slice", "memory");

        Assert.Equal([("user.slice/app.slice", MemoryGuard.CgroupV2), ("user.slice", MemoryGuard.CgroupV2)], Places("0::/user.slice/app.slice/run.scope"));
    }

    [Fact]
    public void A_version_2_without_memory_beside_a_version_1_with_it_is_passed_over()
    {
        Make("memory");
        Make("", "hugetlb");

        Assert.Equal([("memory", MemoryGuard.CgroupV1)], Places("4:memory:/", "0::/"));
    }

    [Theory]
    [InlineData("oom_kill_disable 0|under_oom 0|oom_kill 3", 3)]
    [InlineData("low 0|high 0|max 12|oom 2|oom_kill 1|oom_group_kill 1", 1)]
    [InlineData("oom_kill_disable 0|under_oom 0", 0)]
    public void The_kernel_counts_what_it_has_ended(string lines, long expected) => Assert.Equal(expected, MemoryGroup.OomKills(Encoding.UTF8.GetBytes(lines.Replace('|', '\n'))));

    private void Make(string folder, string? handsDown = null)
    {
        Directory.CreateDirectory(_root.At(folder));
        if (handsDown is not null)
        {
            KernelFile.Write(Path.Combine(_root.At(folder), "cgroup.subtree_control"), handsDown);
        }
    }

    private List<(string Folder, MemoryGuard Guard)> Places(params string[] ownGroups) =>
        [.. MemoryGroups.Places(_root.Path, ownGroups).Select(place => (Path.GetRelativePath(_root.Path, place.Folder), place.Files.Guard))];
}
