using Torc.Web.Editor;
using Xunit;

namespace Torc.Tests.Editor;

public sealed class EditorStopsTests
{
    [Theory]
    [InlineData("memory", "300m", "256m")]
    [InlineData("memory", "0.9 GiB", "1g")]
    [InlineData("memory", "64t", "1t")]
    [InlineData("num_cpus", "18", "18")]
    [InlineData("num_cpus", "1000", "128")]
    [InlineData("num_gpus", "0", "0")]
    [InlineData("runtime", "90m", "2h")]
    [InlineData("runtime", "PT25M", "PT30M")]
    [InlineData("runtime", "soon", "1min")]
    public void The_slider_stands_next_to_what_the_text_says(string field, string value, string stop)
    {
        var stops = EditorStops.Of(field, value);

        Assert.Equal(stop, stops[EditorStops.Nearest(field, stops, value)]);
    }

    [Fact]
    public void Each_stop_can_be_written_and_stands_at_itself()
    {
        foreach (string field in new[] { "memory", "num_cpus", "num_gpus", "num_nodes", "runtime" })
        {
            var stops = EditorStops.Of(field, null);
            Assert.Equal(Enumerable.Range(0, stops.Count), stops.Select(stop => EditorStops.Nearest(field, stops, stop)));
        }

        Assert.Empty(EditorStops.Of("command", null));
    }
}
