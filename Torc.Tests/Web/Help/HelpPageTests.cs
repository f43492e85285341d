using Bunit;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows.Selection;
using Torc.Tests.Support;
using Torc.Web.Help;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Web.Help;

public sealed class HelpPageTests : PageTest
{
    public static TheoryData<string> Selections => [.. HelpWords.Selections.Select(one => one.Selection)];

    [Fact]
    public void Every_status_is_explained_with_its_sign_and_word()
    {
        var page = Render<HelpPage>();

        Assert.Equal(
            Enum.GetValues<JobStatus>().Select(status => StatusLook.Of(status).Name).Order(),
            page.FindAll("[data-testid=status]").Select(row => row.GetAttribute("data-name")).Order());
        Assert.All(page.FindAll("[data-testid=status]"), row => Assert.NotNull(row.QuerySelector(".torc-chip svg")));
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void Every_selection_that_it_shows_is_one(string selection)
    {
        Assert.NotNull(SelectionText.TryParse(selection, out var problem));
        Assert.Null(problem);
    }

    [Fact]
    public void Each_topic_has_a_place_that_pages_may_link_to()
    {
        var page = Render<HelpPage>();

        Assert.All(HelpTopic.All, topic =>
        {
            Assert.NotNull(page.Find($"section#{topic.Name}"));
            Assert.Equal(topic.Heading, page.Find($".torc-topics a[href='{topic.Address}']").TextContent);
        });
    }
}
