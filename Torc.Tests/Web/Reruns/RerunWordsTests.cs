using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Texts;
using Torc.Web.Reruns;
using Xunit;
using static Torc.Tests.Support.FakeReruns;

namespace Torc.Tests.Web.Reruns;

public sealed class RerunWordsTests
{
    [Theory]
    [InlineData(RerunScope.Failed, ReasonCode.UpToDate, "Nothing to run: no job failed or was cancelled, and every job is up to date.")]
    [InlineData(RerunScope.Failed, ReasonCode.OutOfScope, "Nothing to run: no job failed or was cancelled. 1 job is not up to date: choose “Changed”.")]
    [InlineData(RerunScope.Changed, ReasonCode.UpToDate, "Nothing to run: every job is up to date.")]
    [InlineData(RerunScope.Changed, ReasonCode.ResourcesOnly, "Nothing to run: only what jobs ask for has changed.")]
    [InlineData(RerunScope.Changed, ReasonCode.InProgress, "Nothing to run: 1 job runs or waits to run already.")]
    [InlineData(RerunScope.Selected, ReasonCode.Disabled, "Nothing to run: what you selected is turned off.")]
    [InlineData(RerunScope.All, ReasonCode.Disabled, "Nothing to run: every job is turned off.")]
    public void An_empty_plan_says_why_it_is_empty(RerunScope scope, ReasonCode code, string expected) =>
        Assert.Equal(expected, RerunWords.Nothing(Of("0", scope, [Job(0, PlannedAction.Keep, Why(code, "Because"))])));

    [Fact]
    public void Several_touched_files_are_named_together()
    {
        var touched = new[] { "inputs", "f1", "f2" }.Select((file, job) => Job(job, PlannedAction.Keep, Why(ReasonCode.TouchedSame, $"{file} was touched, the content is the same", file)));

        Assert.Equal("Nothing to run: inputs, f1, f2 were touched, the content is the same.", RerunWords.Nothing(Of("0", RerunScope.Changed, [.. touched])));
    }

    [Fact]
    public void The_name_of_a_file_keeps_its_case()
    {
        var kept = new[] { Job(0, PlannedAction.Keep, Why(ReasonCode.TouchedSame, "Inputs was touched, the content is the same", "Inputs")), Job(1, PlannedAction.Keep, Why(ReasonCode.UpToDate, "Up to date")) };

        Assert.Equal("preprocess: Inputs was touched, the content is the same · work1: up to date", RerunWords.Kept(kept));
    }

    [Fact]
    public void The_time_of_the_work_counts_what_is_known()
    {
        var known = Job(1, PlannedAction.Run, Why(ReasonCode.Selected, "You selected it"));

        Assert.Equal("21.6 s of work, by what they took last time", RerunWords.Work([known]));
        Assert.Equal("21.6 s of work, by what 1 of 2 took last time", RerunWords.Work([known, FailedDiamond[3]]));
        Assert.Null(RerunWords.Work([FailedDiamond[3]]));
    }

    [Fact]
    public void Long_lists_of_names_are_cut() =>
        Assert.Equal("f0, f1, f2, f3, f4, f5 and 1,994 more", RerunWords.Names([.. Enumerable.Range(0, 2_000).Select(index => $"f{index}")]));

    [Theory]
    [InlineData(RerunScope.Failed, null, false, "torc rerun 12 --failed")]
    [InlineData(RerunScope.Changed, true, false, "torc rerun 12 --changed --early-cutoff")]
    [InlineData(RerunScope.All, false, true, "torc rerun 12 --all --early-cutoff=false --stop-running")]
    [InlineData(RerunScope.Selected, null, false, "torc rerun 12 --select work2 --select '\"it'\\''s; rm\"' --select '\"-x\"' --only")]
    [InlineData(RerunScope.SelectedAndDownstream, null, false, "torc rerun 12 --select work2 --select '\"it'\\''s; rm\"' --select '\"-x\"'")]
    public void A_wish_is_written_as_one_would_type_it(RerunScope scope, bool? cutoff, bool stop, string expected) =>
        Assert.Equal(expected, RerunCommandLine.Of(new WorkflowId(12), new RerunRequest(scope, ["work2", "it's; rm", "-x"], cutoff, stop)));

    [Theory]
    [InlineData("a b c", "a x c", "a [-b-]{+x+} c")]
    [InlineData("a b", "a b --fast", "a b{+ --fast+}")]
    [InlineData("sh w.sh 1 2", "sh w.sh 2", "sh w.sh [-1 -]2")]
    [InlineData("", "a", "{+a+}")]
    [InlineData("same", "same", "same")]
    public void Two_texts_are_compared_by_words(string before, string after, string expected) =>
        Assert.Equal(
            expected,
            string.Concat(TextDiff.Of(before, after).Select(part => part.Side switch { DiffSide.Before => $"[-{part.Text}-]", DiffSide.After => $"{{+{part.Text}+}}", _ => part.Text })));
}
