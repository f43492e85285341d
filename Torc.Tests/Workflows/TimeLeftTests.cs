using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Workflows;

/// <summary>A scene says of each job how it stands: <c>work2=running 3</c> has run for three minutes, <c>work1=completed 5</c> took five.</summary>
public sealed class TimeLeftTests
{
    // raw > prep > a,b,c > gather, where a, b and c are alike.
    private const string Fan = "raw > prep > p | p > sim1 > s1 | p > sim2 > s2 | p > sim3 > s3 | s1,s2,s3 > gather > g";

    [Fact]
    public void It_is_the_longest_chain_of_what_is_left_by_what_jobs_like_them_took() => Assert.Equal(
        new TimeLeft(TimeSpan.FromMinutes(4 + 2), ByLikeJobs: 2, ByEarlier: 1, ByRequest: 0),
        Left(Fan, "prep=completed 1 sim1=completed 6 sim2=running 2 sim3=running 5 gather=blocked 2"));

    [Fact]
    public void Where_jobs_wait_for_room_it_is_as_much_as_those_that_run_can_do() => Assert.Equal(
        TimeSpan.FromMinutes(6 + 6 + 2),
        Left(Fan, "prep=completed 1 sim1=completed 6 sim2=running 0 sim3=ready 0 gather=blocked 2")!.Left);

    [Fact]
    public void What_nobody_has_seen_takes_as_long_as_was_asked_for_at_most() => Assert.Equal(
        new TimeLeft(TimeSpan.FromMinutes(10 - 3 + 10), ByLikeJobs: 0, ByEarlier: 0, ByRequest: 2),
        Left("> a > x | x > b > y", "a=running 3 b=blocked", requested: 10));

    [Theory]
    [InlineData("a=running 3 b=blocked")]
    [InlineData("a=ready b=blocked")]
    [InlineData("a=completed 1 b=pendingfailed")]
    [InlineData("a=completed 1 b=completed 1")]
    public void Where_nothing_is_known_or_nothing_runs_nothing_is_said(string scene) => Assert.Null(Left("> a > x | x > b > y", scene));

    [Fact]
    public void A_job_that_takes_longer_than_any_like_it_may_take_any_time() => Assert.Null(
        Left(Fan, "prep=completed 1 sim1=completed 6 sim2=completed 6 sim3=completed 6 gather=running 9", requested: 5));

    private static TimeLeft? Left(string sketch, string scene, int? requested = null)
    {
        var workflow = Sketch.Draw(sketch, _ => Sketch.Cpus(1) with { Runtime = TimeSpan.FromMinutes(requested ?? 60) });
        workflow = workflow with { Jobs = [.. workflow.Jobs.Select(job => job with { RequirementsName = requested is null ? null : "asked" })] };
        string[] words = scene.Split(' ');
        var courses = new JobCourse[workflow.Jobs.Count];
        for (int word = 0; word < words.Length; word++)
        {
            string[] parts = words[word].Split('=');
            if (parts.Length == 2)
            {
                var status = Enum.Parse<JobStatus>(parts[1], ignoreCase: true);
                TimeSpan? minutes = word + 1 < words.Length && int.TryParse(words[word + 1], CultureInfo.InvariantCulture, out int number) ? TimeSpan.FromMinutes(number) : null;
                int job = workflow.Jobs.Select(definition => definition.Name).ToList().IndexOf(parts[0]);
                courses[job] = status == JobStatus.Running ? new JobCourse(status, SoFar: minutes ?? default) : new JobCourse(status, Took: minutes is { Ticks: > 0 } ? minutes : null);
            }
        }

        return TimeLeft.Of(workflow, JobGroups.Of(workflow), courses);
    }
}
