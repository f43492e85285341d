using Torc.Agent.Running;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class VerdictTests
{
    private const int Killed = 9;
    private const int Terminated = 15;
    private const int ExitsWith3 = 3 << 8;
    private const int ExitsWith137 = 137 << 8;

    private static readonly EndCause Stopped = new(OutcomeKind.Terminated, "stopped by ann");

    [Fact]
    public void An_exit_is_an_exit_whatever_its_code_looks_like()
    {
        Assert.Equal(new Outcome(OutcomeKind.Exit, 3), Of(ExitsWith3));
        Assert.Equal(new Outcome(OutcomeKind.Exit, 137), Of(ExitsWith137, peak: 200));
    }

    [Fact]
    public void A_signal_that_we_did_not_send_has_its_name() => Assert.Equal(new Outcome(OutcomeKind.Signal, 143, "SIGTERM"), Of(Terminated));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(ExitsWith3, 3)]
    [InlineData(Terminated, 143)]
    [InlineData(Killed, 137)]
    public void One_that_was_stopped_is_terminated_however_it_took_that(int status, int exitCode) =>
        Assert.Equal(new Outcome(OutcomeKind.Terminated, exitCode, "stopped by ann"), Of(status, Stopped));

    [Fact]
    public void One_that_would_not_end_has_no_exit_code() =>
        Assert.Equal(new Outcome(OutcomeKind.Terminated, null, "stopped by ann"), Of(null, Stopped));

    [Fact]
    public void A_timeout_says_how_long_it_was() =>
        Assert.Equal(new Outcome(OutcomeKind.Timeout, 143, "ran 5 min 2 s of 5 min"), Of(Terminated, EndCause.RuntimeOver));

    [Fact]
    public void One_that_we_ended_for_its_memory_says_how_much_it_was() =>
        Assert.Equal(new Outcome(OutcomeKind.OutOfMemory, 137, "used 299 MiB of 200 MiB"), Of(Killed, EndCause.MemoryOver, peak: 299));

    [Fact]
    public void One_that_the_kernel_ended_for_its_memory_had_all_of_it_whatever_was_measured() =>
        Assert.Equal(new Outcome(OutcomeKind.OutOfMemory, 137, "used 200 MiB of 200 MiB"), Of(Killed, peak: 120, ranOut: true));

    [Fact]
    public void The_kernels_word_on_memory_goes_before_all_else() =>
        Assert.Equal(OutcomeKind.OutOfMemory, Of(0, Stopped, ranOut: true).Kind);

    [Theory]
    [InlineData(190, OutcomeKind.OutOfMemory)]
    [InlineData(189, OutcomeKind.Signal)]
    public void A_kill_by_somebody_else_near_the_limit_was_likely_for_memory(int peak, OutcomeKind kind) => Assert.Equal(kind, Of(Killed, peak: peak).Kind);

    [Fact]
    public void A_guess_says_that_it_is_one() => Assert.StartsWith("likely", Of(Killed, peak: 199).Detail, StringComparison.Ordinal);

    [Fact]
    public void Without_a_limit_nothing_is_near_it() =>
        Assert.Equal(
            OutcomeKind.Signal,
            Verdict.Of(null, Killed, ranOutOfMemory: false, ResourceRequirements.Default, MemorySize.Gibibytes(9), TimeSpan.Zero).Kind);

    private static Outcome Of(int? status, EndCause? cause = null, int peak = 1, bool ranOut = false) => Verdict.Of(
        cause,
        status,
        ranOut,
        ResourceRequirements.Default with { Memory = MemorySize.Mebibytes(200), Runtime = TimeSpan.FromMinutes(5) },
        MemorySize.Mebibytes(peak),
        TimeSpan.FromSeconds(302));
}
