using Bunit;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class SpecViewTests : PageTest
{
    [Fact]
    public void The_newest_version_is_shown_and_what_changed_since_another()
    {
        Workflows.Specs = ["name: w\njobs:\n  - {name: a, command: x}\n", "name: w\njobs:\n  - {name: a, command: y}\n  - {name: b, command: z}\n"];

        Assert.Equal(["1 both name: w", "2 both jobs:", "3 both   - {name: a, command: y}", "4 both   - {name: b, command: z}"], Lines(Open()));
        Assert.Equal(
            ["1 both name: w", "2 both jobs:", "3 before   - {name: a, command: x}", "3 after   - {name: a, command: y}", "4 after   - {name: b, command: z}"],
            Lines(Open(against: 1)));
        Assert.Equal(3, Lines(Open(version: 1)).Count());
    }

    [Fact]
    public void Versions_that_are_the_same_and_one_that_is_not_there_are_said()
    {
        Workflows.Specs = ["name: w\njobs: []\n", "name: w\njobs: []"];

        Assert.NotEmpty(Open(against: 1).FindAll("[data-testid=spec-same]"));
        Assert.Contains("no version 7", Open(version: 7).Find("[data-testid=no-spec]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<SpecView> Open(int? version = null, int? against = null)
    {
        var id = Workflows.Add(Diamond.Definition);
        var workflow = new WorkflowView(id, "w", null, null, null, WorkflowStatus.Completed, 1, new Dictionary<Torc.Shared.Jobs.JobStatus, int>(), "/", FakeWorkflows.Start, null, null, 0, 2);
        return Render<SpecView>(parameters => parameters.Add(view => view.Workflow, workflow).Add(view => view.Version, version).Add(view => view.Against, against));
    }

    private static IEnumerable<string> Lines(IRenderedComponent<SpecView> page) => page.FindAll("[data-testid=spec-line]")
        .Select(line => $"{line.Children[0].TextContent} {line.GetAttribute("data-side")} {line.Children[1].TextContent}");
}
