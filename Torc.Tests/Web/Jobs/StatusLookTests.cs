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

    [Fact]
    public void Every_status_is_told_in_counts() =>
        Assert.Equal(Enum.GetValues<JobStatus>().Order(), StatusLook.Order.Order());
}
