using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Node;

public sealed class NodeGpusTests
{
    private static readonly IReadOnlyList<string> Three = ["GPU-aa11", "GPU-bb22", "GPU-cc33"];

    [Fact]
    public void Devices_are_read_by_their_ids() => Assert.Equal(["GPU-aa11", "GPU-bb22"], NodeGpus.Parse("""
        GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-aa11)
        GPU 1: NVIDIA H100 (a name) with brackets (UUID: GPU-bb22)
        """));

    [Fact]
    public void A_device_that_is_divided_is_offered_by_its_parts() => Assert.Equal(["MIG-1", "MIG-2", "GPU-bb22"], NodeGpus.Parse("""
        GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-aa11)
          MIG 3g.20gb     Device  0: (UUID: MIG-1)
          MIG 3g.20gb     Device  1: (UUID: MIG-2)
        GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-bb22)
        """));

    [Theory]
    [InlineData("")]
    [InlineData("No devices found.")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.")]
    public void Complaints_are_no_devices(string list) => Assert.Empty(NodeGpus.Parse(list));

    [Theory]
    [InlineData(null, "GPU-aa11 GPU-bb22 GPU-cc33")]
    [InlineData("", "")]
    [InlineData("-1", "")]
    [InlineData("NoDevFiles", "")]
    [InlineData("2,0", "GPU-cc33 GPU-aa11")]
    [InlineData("GPU-bb22,GPU-cc", "GPU-bb22 GPU-cc33")]
    [InlineData("1,7,0", "GPU-bb22")]
    [InlineData("1,1", "GPU-bb22")]
    public void An_allocation_says_what_it_leaves_us(string? inherited, string expected) => Assert.Equal(expected, string.Join(' ', NodeGpus.Allowed(Three, inherited)));

    [Theory]
    [InlineData(null, "GPU-aa11 GPU-bb22 GPU-cc33")]
    [InlineData("0", "")]
    [InlineData("2", "GPU-aa11 GPU-bb22")]
    [InlineData("5", "GPU-aa11 GPU-bb22 GPU-cc33 3 4")]
    [InlineData("2,1", "GPU-cc33 GPU-bb22")]
    [InlineData("GPU-cc", "GPU-cc33")]
    [InlineData("GPU-dd44", "GPU-dd44")]
    public void A_user_says_what_to_offer(string? chosen, string expected) => Assert.Equal(expected, string.Join(' ', NodeGpus.Choose(Three, chosen)));

    [Theory]
    [InlineData("0", true)]
    [InlineData("8", true)]
    [InlineData("0,2", true)]
    [InlineData("GPU-aa11", true)]
    [InlineData("", false)]
    [InlineData(",", false)]
    [InlineData("2x", false)]
    [InlineData("-1", false)]
    public void Only_a_number_or_names_are_a_choice(string text, bool expected) => Assert.Equal(expected, NodeGpus.IsChoice(text));

    [Fact]
    public async Task An_agent_offers_what_nvidia_smi_lists()
    {
        using var folder = new TemporaryFolder();
        string program = folder.At("nvidia-smi");
        await File.WriteAllTextAsync(program, "#!/bin/sh\n[ \"$*\" = -L ] && echo 'GPU 0: Fake (UUID: GPU-fake-0)' && echo 'GPU 1: Fake (UUID: GPU-fake-1)'\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var environment = DetachedProcess.OwnEnvironment().ToDictionary(StringComparer.Ordinal);
        environment["PATH"] = $"{folder.Path}:{environment["PATH"]}";
        environment["CUDA_VISIBLE_DEVICES"] = "1";
        string log = folder.At("agent.log");
        var agent = DetachedProcess.Start(
            ThisProgram.CommandLine("agent", "--data", folder.At("data"), "--spool", folder.At("spool"), "--server", "http://127.0.0.1:9"), environment, folder.Path, log);
        try
        {
            await Waiting.UntilAsync(
                () => File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), text => text.Contains("GPU-fake-1", StringComparison.Ordinal), "the agent names its GPUs");
            Assert.DoesNotContain("GPU-fake-0", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            Processes.Terminate(agent.Pid);
            await KeeperProcess.Until(() => agent.TryReap(out _));
            await KeeperProcess.EndAsync(Spool.Open(folder.At("spool")));
        }
    }
}
