using Torc.Shared.Workflows;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class WorkflowQuestionTests
{
    [Fact]
    public void An_address_that_was_made_of_a_question_is_read_as_that_question()
    {
        var question = WorkflowQuestion.Read(" a&b ", ["running", "failed", "failed", "lost"], "wind farm", null, "-duration", 3);

        Assert.Equal("workflows?q=a%26b&status=running&status=failed&project=wind%20farm&sort=-duration&page=3", question.Address);
        Assert.Equal([WorkflowStatus.Running, WorkflowStatus.Failed], question.Filter.Statuses);
        Assert.Equal("“a&b” status:running status:failed project:wind farm", question.Filter.ToString());
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", "nonsense", 1)]
    [InlineData("  ", "-id", -4)]
    public void What_says_nothing_is_left_out_of_the_address(string? text, string? sort, int? page) =>
        Assert.Equal("workflows", WorkflowQuestion.Read(text, null, "", " ", sort, page).Address);

    [Theory]
    [InlineData(WorkflowColumn.Name, "workflows?sort=-name")]
    [InlineData(WorkflowColumn.StartedAt, "workflows?sort=-started_at")]
    [InlineData(WorkflowColumn.Project, "workflows?sort=project")]
    public void A_second_click_on_a_heading_turns_the_order_round_and_the_latest_and_longest_come_first(WorkflowColumn column, string expected)
    {
        var question = WorkflowQuestion.Read(null, null, null, null, "name", null);

        Assert.Equal(expected, (question with { Sort = question.Sort.Toward(column) }).Address);
    }

    [Fact]
    public void A_status_is_added_and_taken_away_and_the_list_begins_anew()
    {
        var question = WorkflowQuestion.Read("x", ["failed"], null, null, null, page: 4);

        Assert.Equal("workflows?q=x&status=draft&status=failed", question.Toggled(WorkflowStatus.Uninitialized).Address);
        Assert.Equal("workflows?q=x", question.Toggled(WorkflowStatus.Failed).Address);
    }
}
