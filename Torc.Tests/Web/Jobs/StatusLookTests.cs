using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Web.Jobs;

public sealed class StatusLookTests
{
    [Fact]
    public void Each_status_has_a_word_and_an_icon_of_its_own()
    {
        var looks = Enum.GetValues<JobStatus>().Select(StatusLook.Of).ToList();

        Assert.Equal(looks.Count, looks.Select(look => look.Word).Distinct().Count());
        Assert.Equal(looks.Count, looks.Select(look => look.Name).Distinct().Count());
        // Not prepared and its ring alone are told apart by the dots that the style sheet gives it.
        Assert.Equal(looks.Count, looks.Select(look => look.Lines + "|" + look.Areas).Distinct().Count());
        Assert.Equal("pending_failed", StatusLook.Of(JobStatus.PendingFailed).Name);
    }

    [Theory]
    [InlineData(JobStatus.Running, "Unknown, last seen running")]
    [InlineData(JobStatus.Pending, "Unknown, last seen starting")]
    public void What_nobody_knows_any_more_looks_like_no_status_and_says_what_was_seen_last(JobStatus last, string word)
    {
        var job = new JobView(new JobId(1), 0, "a", last, 1, null, "n1", null, null, null, null, null, 3);

        var unknown = StatusLook.Of(job with { UnknownSince = default(DateTimeOffset) });

        Assert.Equal(StatusLook.Of(last), StatusLook.Of(job));
        Assert.Equal(word, unknown.Word);
        Assert.DoesNotContain(Enum.GetValues<JobStatus>().Select(StatusLook.Of), look => look.Name == unknown.Name || (look.Lines, look.Areas) == (unknown.Lines, unknown.Areas));
    }

    [Fact]
    public void Every_status_is_told_in_counts() =>
        Assert.Equal(Enum.GetValues<JobStatus>().Order(), StatusLook.Order.Order());
}
