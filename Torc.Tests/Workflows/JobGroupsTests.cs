using Torc.Shared.Graphs;
using Torc.Shared.Workflows;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Workflows;

public sealed class JobGroupsTests
{
    [Fact]
    public void Copies_of_one_entry_are_a_group_with_the_name_that_they_share() => Assert.Equal(
        ["prep", "sim ×3", "train ×4", "gather"],
        Groups("""
            name: sweep
            jobs:
              - { name: prep, command: "true" }
              - { name: "sim_{i:04d}", command: "true", depends_on: [prep], parameters: { i: "1:3" } }
              - { name: "{model}_train_{lr}", command: "true", parameters: { model: "[big,small]", lr: "[0.1,0.2]" } }
              - { name: gather, command: "true", depends_on_regexes: ["sim_.*"] }
            """));

    [Fact]
    public void Jobs_written_one_by_one_are_a_group_if_only_their_numbers_differ() =>
        Assert.Equal(["prep", "work ×3", "gather"], Groups(Sketch.Draw("> prep > f | f > work_1 > a | f > work_2 > b | f > work_10 > c | a,b,c > gather > d")));

    [Fact]
    public void Jobs_that_ask_for_something_else_are_another_group_with_another_name()
    {
        var workflow = Sketch.Draw("> work1 > a | > work2 > b | > work3 > c | > work4 > d");

        workflow = workflow with { Jobs = [.. workflow.Jobs.Select((job, position) => job with { RequirementsName = position < 2 ? "small" : "large" })] };

        Assert.Equal(["work ×2", "work (2) ×2"], Groups(workflow));
    }

    [Fact]
    public void Groups_that_would_wait_for_each_other_are_one() =>
        Assert.Equal(["load", "fit, score ×4", "report"], Groups(Sketch.Draw("> load > a0 | a0 > fit1 > b1 | b1 > score1 > a1 | a1 > fit2 > b2 | b2 > score2 > a2 | a2 > report > z")));

    [Fact]
    public void Jobs_that_are_all_called_differently_are_grouped_by_their_step()
    {
        // 400 jobs in four layers; a letter a digit, so that no name has a number.
        string Name(int job) => string.Concat($"{job:000}".Select(digit => (char)('a' + (digit - '0'))));
        var workflow = Sketch.Draw(string.Join('|', Enumerable.Range(0, 400).Select(job => $"{(job < 100 ? "" : $"f{job - 100}")} > {Name(job)} > f{job}")));

        Assert.Equal(["step 1 ×100", "step 2 ×100", "step 3 ×100", "step 4 ×100"], Groups(workflow));
    }

    [Fact]
    public void A_chain_of_jobs_that_are_all_called_differently_has_no_more_groups_than_can_be_seen()
    {
        string Name(int job) => string.Concat($"{job:000}".Select(digit => (char)('a' + (digit - '0'))));
        var workflow = Sketch.Draw(string.Join('|', Enumerable.Range(0, 301).Select(job => $"{(job == 0 ? "" : $"f{job - 1}")} > {Name(job)} > f{job}")));

        var groups = JobGroups.Of(workflow).Groups;

        Assert.Equal("steps 1–3", groups[0].Name);
        Assert.Equal("step 301", groups[^1].Name);
        Assert.InRange(groups.Count, 100, JobGroups.Most);
    }

    [Fact]
    public void No_two_groups_have_one_name() => Assert.Equal(["sim", "sim (2) ×2"], Groups(Sketch.Draw("> sim > a | > sim_1 > b | > sim_2 > c")));

    [Fact]
    public void Every_job_is_in_one_group_and_groups_make_no_circle()
    {
        var random = new Random(12);
        for (int round = 0; round < 300; round++)
        {
            int count = random.Next(1, 40);
            var edges = Enumerable.Range(0, count * 2).Select(_ => (random.Next(count), random.Next(count))).Where(edge => edge.Item1 < edge.Item2).Distinct().ToList();
            var jobs = Enumerable.Range(0, count).Select(job => $"> {"abc"[random.Next(3)]}{job} > f{job}");
            var workflow = Sketch.Draw(string.Join('|', jobs)) with { Graph = WorkflowGraph.TryBuild(count, edges)! };

            var groups = JobGroups.Of(workflow);

            Assert.Equal(Enumerable.Range(0, count), groups.Groups.SelectMany(group => group.Jobs).Order());
            Assert.All(groups.Groups.Index(), group => Assert.All(group.Item.Jobs, job => Assert.Equal(group.Index, groups.Of(job))));
            Assert.NotNull(WorkflowGraph.TryBuild(groups.Groups.Count, edges.Select(edge => (groups.Of(edge.Item1), groups.Of(edge.Item2))).Where(edge => edge.Item1 != edge.Item2)));
        }
    }

    private static string[] Groups(string spec) => Groups(Reading.Definition(spec));

    private static string[] Groups(WorkflowDefinition workflow) =>
        [.. JobGroups.Of(workflow).Groups.Select(group => group.Jobs.Count == 1 ? group.Name : $"{group.Name} ×{group.Jobs.Count}")];
}
