using Bunit;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Graph;
using Xunit;

namespace Torc.Tests.Web.Graph;

public sealed class WorkflowDrawingTests : PageTest
{
    private static readonly GraphPicture Picture = GraphPicture.Draw(Diamond.Definition, JobGroups.Of(Diamond.Definition), new GraphView());

    [Fact]
    public void A_new_status_changes_colour_word_and_icon_and_moves_nothing()
    {
        var drawing = Draw(Jobs(JobStatus.Running));
        string[] before = Places(drawing);

        drawing.Render(parameters => parameters.Add(component => component.Jobs, Jobs(JobStatus.Failed)));

        var node = drawing.Find("[data-job=work2]");
        Assert.Equal("failed", node.GetAttribute("data-status"));
        Assert.Equal("Failed", node.QuerySelector(".torc-node-word")!.TextContent);
        Assert.Equal("failed", node.QuerySelector(".torc-icon")!.GetAttribute("data-icon"));
        Assert.Equal("Job work2, Failed", node.GetAttribute("aria-label"));
        Assert.Equal(before, Places(drawing));
    }

    [Fact]
    public void Only_running_jobs_have_a_moving_edge()
    {
        var drawing = Draw(Jobs(JobStatus.Running));
        Assert.Equal("work2", Assert.Single(drawing.FindAll(".torc-moving")).ParentElement!.GetAttribute("data-job"));

        drawing.Render(parameters => parameters.Add(component => component.Jobs, Jobs(JobStatus.Completed)));

        Assert.Empty(drawing.FindAll(".torc-moving"));
    }

    [Fact]
    public void A_failed_job_is_told_by_its_shape_too()
    {
        string round = Outline(Draw(Jobs(JobStatus.Completed)));
        string cut = Outline(Draw(Jobs(JobStatus.Failed)));

        Assert.Contains('a', round);
        Assert.DoesNotContain('a', cut);
    }

    [Theory]
    [InlineData("Enter", "work2")]
    [InlineData(" ", "work2")]
    [InlineData("a", null)]
    public void Enter_and_space_select(string key, string? expected)
    {
        string? selected = null;
        var drawing = Draw(Jobs(JobStatus.Running), job => selected = job);

        drawing.Find("[data-job=work2]").KeyDown(key);

        Assert.Equal(expected, selected);
    }

    [Fact]
    public void The_selected_jobs_lines_and_files_stand_out()
    {
        var drawing = Draw(Jobs(JobStatus.Running));

        drawing.Render(parameters => parameters.Add(component => component.Selected, "work2"));

        Assert.Equal("true", drawing.Find("[data-job=work2]").GetAttribute("aria-pressed"));
        Assert.Equal(2, drawing.FindAll(".torc-edge[data-near]").Count);
        Assert.Equal(["f2", "f4"], drawing.FindAll(".torc-file[data-near]").Select(file => file.GetAttribute("data-file")));
    }

    [Fact]
    public void An_action_says_that_it_is_one()
    {
        var jobs = Jobs(JobStatus.Running);
        jobs[2] = jobs[2] with { Trigger = ActionTrigger.OnJobsReady };

        var node = Draw(jobs).Find("[data-job=work2]");

        Assert.Equal("Action work2, Running", node.GetAttribute("aria-label"));
        Assert.Equal("Running · action", node.QuerySelector(".torc-node-word")!.TextContent);
    }

    private IRenderedComponent<WorkflowDrawing> Draw(IReadOnlyList<JobView> jobs, Action<string?>? selected = null) => Render<WorkflowDrawing>(parameters =>
    {
        parameters.Add(component => component.Picture, Picture).Add(component => component.Jobs, jobs);
        if (selected is not null)
        {
            parameters.Add(component => component.SelectedChanged, selected);
        }
    });

    private static List<JobView> Jobs(JobStatus work2) =>
    [
        .. Diamond.Definition.Jobs.Select((job, position) => new JobView(
            new JobId(position), position, job.Name, position == 2 ? work2 : JobStatus.Blocked, 0, null, null, null, null, null, null, null, 0)),
    ];

    private static string[] Places(IRenderedComponent<WorkflowDrawing> drawing) =>
        [.. drawing.FindAll(".torc-node").Select(node => node.GetAttribute("transform")!), .. drawing.FindAll(".torc-edge").Select(edge => edge.GetAttribute("d")!)];

    private static string Outline(IRenderedComponent<WorkflowDrawing> drawing) => drawing.Find("[data-job=work2] .torc-box").GetAttribute("d")!;
}
