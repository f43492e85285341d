using System.Text;
using Torc.Agent.Sampling;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Sampling;

public sealed class ProcFolderTests
{
    [Fact]
    public void A_name_with_brackets_and_spaces_does_not_shift_the_fields()
    {
        const string line = "4711 (a) b (c)) S 12 4710 4700 0 -1 4194304 99 0 0 0 10 20 30 40 20 0 1 0 319895 3133440 376 18446744073709551615 1 1\n";

        Assert.True(ProcFolder.TryParse(Encoding.ASCII.GetBytes(line), out var info));

        Assert.Equal(new ProcessInfo(4711, Parent: 12, Group: 4710, Session: 4700, 'S', StartTicks: 319895, CpuTicks: 100, ResidentPages: 376), info);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711")]
    [InlineData("4711 (a) S 1 2")]
    public void Half_a_line_is_nobody(string line) => Assert.False(ProcFolder.TryParse(Encoding.ASCII.GetBytes(line), out _));

    [Fact]
    public void This_process_is_among_all()
    {
        var processes = new List<ProcessInfo>();

        ProcFolder.Scan(processes);

        var self = Assert.Single(processes, process => process.Pid == Environment.ProcessId);
        Assert.True(self.ResidentPages * ProcFolder.PageBytes > 1 << 20);
    }

    [Fact]
    public void A_process_starts_between_two_looks_at_the_clock()
    {
        long before = ProcFolder.TicksNow();
        using var process = System.Diagnostics.Process.Start("sleep", "60");
        long after = ProcFolder.TicksNow();
        try
        {
            Assert.True(ProcFolder.TryRead(process.Id, out var info));
            Assert.InRange(info.StartTicks, before, after);
            // Not so wide that it says nothing: less than ten seconds.
            Assert.InRange(after - before, 0, 10 * ProcFolder.TicksPerSecond);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void A_variable_is_found_by_its_whole_name()
    {
        string? home = Environment.GetEnvironmentVariable("PATH");

        Assert.Equal(home, ProcFolder.Variable(Environment.ProcessId, "PATH="u8));
        Assert.Null(ProcFolder.Variable(Environment.ProcessId, "PAT="u8));
    }

    [Fact]
    public void A_process_belongs_to_a_job_by_session_or_parent_or_mark()
    {
        var job = new AttemptId(new JobId(1), 1);
        var trees = new ProcessTrees(keeper: 10, mark: pid => pid == 103 ? job : null);
        List<ProcessInfo> processes =
        [
            Process(10, parent: 1, session: 10),
            Process(100, parent: 10, session: 100),
            Process(101, parent: 10, session: 100),
            // Made a session of its own, and has a child there.
            Process(102, parent: 100, session: 102),
            Process(1021, parent: 102, session: 102),
            // Lost its parent to the keeper.
            Process(103, parent: 10, session: 103),
            Process(104, parent: 10, session: 104),
            Process(200, parent: 1, session: 200),
            // Leads a session with the number of one that is gone.
            Process(201, parent: 1, session: 100),
        ];

        var use = Assert.Single(TreeSampler.Sum(trees.Assign(processes, new Dictionary<int, AttemptId> { [100] = job }), [job]));

        Assert.Equal(new TreeUse(job, ProcFolder.Time(5 * 7), new MemorySize(5 * 3 * ProcFolder.PageBytes), Processes: 5), use with { ReadBytes = 0, WrittenBytes = 0 });
    }

    [Fact]
    public async Task What_a_process_gave_to_storage_is_seen()
    {
        long before = ProcFolder.StorageTraffic(Environment.ProcessId).Written;
        using var folder = new TemporaryFolder();

        await File.WriteAllBytesAsync(folder.At("file"), new byte[1 << 20], TestContext.Current.CancellationToken);

        Assert.InRange(ProcFolder.StorageTraffic(Environment.ProcessId).Written - before, 1 << 20, long.MaxValue);
        Assert.Equal((0, 0), ProcFolder.StorageTraffic(int.MaxValue));
    }

    private static ProcessInfo Process(int pid, int parent, int session) => new(pid, parent, Group: session, session, 'S', StartTicks: 1, CpuTicks: 7, ResidentPages: 3);
}
