using Torc.Shared.Placement;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Torc.Web.Graph;
using Xunit;

namespace Torc.Tests.Web.Graph;

public sealed class GraphPictureTests
{
    [Fact]
    public void The_diamond_is_drawn_with_its_files_and_data_and_no_line_twice()
    {
        var picture = Draw(Diamond.Definition);

        Assert.Equal(
            ["f1>work1", "f2>work2", "f3>postprocess", "f4>postprocess", "inputs>preprocess", "postprocess>f5", "postprocess>summary", "preprocess>f1", "preprocess>f2", "work1>f3", "work2>f4"],
            picture.Edges.Select(edge => $"{picture.Nodes[edge.From].Name}>{picture.Nodes[edge.To].Name}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(picture.Edges, edge => edge.IsOrderOnly);
        Assert.All(picture.Edges, edge => Assert.True(picture.Nodes[edge.From].Box.Right < picture.Nodes[edge.To].Box.X));
    }

    [Fact]
    public void A_dependency_that_no_file_explains_is_drawn_between_the_jobs()
    {
        var workflow = Diamond.Workflow("order", [Job("a"), Job("b")], [], [(0, 1)], []);

        var edge = Assert.Single(Draw(workflow).Edges);

        Assert.True(edge.IsOrderOnly);
        Assert.Equal((0, 1), (edge.From, edge.To));
    }

    [Fact]
    public void A_job_that_reads_what_it_writes_makes_no_circle()
    {
        var workflow = Diamond.Workflow("self", [Diamond.Job("a", "true", ResourceRequirements.Default, null, [0], [0])], [Diamond.File("log")], [], []);

        Assert.Single(Draw(workflow).Edges);
    }

    [Fact]
    public void An_action_about_all_jobs_is_drawn_before_the_first_or_after_the_last_of_them()
    {
        var picture = Draw(Reading.Definition(DiamondWithActions.Spec));

        Assert.Equal(
            [
                "on_jobs_complete>on_worker_complete", "on_jobs_ready>work1", "on_jobs_ready>work2", "on_worker_complete>on_workflow_complete", "on_worker_start>preprocess",
                "on_workflow_start>on_worker_start", "postprocess>on_worker_complete", "preprocess>on_jobs_ready", "work1>on_jobs_complete",
            ],
            picture.Edges.Where(edge => edge.IsOrderOnly).Select(edge => $"{picture.Nodes[edge.From].Name}>{picture.Nodes[edge.To].Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Long_names_are_cut_in_the_middle_and_told_in_full()
    {
        string name = new('a', 30);
        var workflow = Diamond.Workflow("long", [Job(name + new string('z', 30))], [], [], []);

        var node = Assert.Single(Draw(workflow).Nodes);

        Assert.Equal("aaaaaaaaaaaaa…zzzzzzzzzzzz", node.Label);
        Assert.Equal(name + new string('z', 30), node.Title);
    }

    private static Torc.Shared.Workflows.JobDefinition Job(string name) => Diamond.Job(name, "true", ResourceRequirements.Default, null, [], []);

    private static GraphPicture Draw(Torc.Shared.Workflows.WorkflowDefinition workflow) => GraphPicture.Draw(workflow, Torc.Shared.Workflows.JobGroups.Of(workflow), new GraphView());
}
