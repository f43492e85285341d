using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Workflows;

public sealed class CriticalPathTests
{
    [Theory]
    [InlineData("work1=5 work2=9", "preprocess work2 postprocess")]
    [InlineData("work1=9 work2=5", "preprocess work1 postprocess")]
    [InlineData("", "preprocess work1 postprocess")]
    public void It_is_the_chain_that_takes_longest(string minutes, string expected)
    {
        var workflow = Sketch.Draw(Sketch.Diamond);
        var known = minutes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => int.Parse(entry[1], null));

        var path = CriticalPath.Of(workflow, job => TimeSpan.FromMinutes(known.GetValueOrDefault(workflow.Jobs[job].Name, 1)));

        Assert.Equal(expected, string.Join(' ', path.Select(job => workflow.Jobs[job].Name)));
    }

    [Fact]
    public void A_long_job_that_waits_for_nobody_is_all_of_it()
    {
        var workflow = Sketch.Draw(Sketch.Diamond + " | > alone > x");

        var path = CriticalPath.Of(workflow, job => TimeSpan.FromMinutes(workflow.Jobs[job].Name == "alone" ? 100 : 1));

        Assert.Equal("alone", workflow.Jobs[Assert.Single(path)].Name);
    }

    [Fact]
    public void Of_no_jobs_there_is_none() => Assert.Empty(CriticalPath.Of(Sketch.Draw("> a > f") with { Jobs = [], Graph = Torc.Shared.Graphs.WorkflowGraph.TryBuild(0, [])! }, _ => TimeSpan.Zero));
}
