using System.Text.Json;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Events;

public sealed class DataConditionTests
{
    private const string Data = """{"loss": 0.15, "step": 10, "phase": "train", "model": {"layers": [3, 5]}, "done": true, "none": null}""";

    [Theory]
    [InlineData("loss<0.2", true)]
    [InlineData("loss<0.15", false)]
    [InlineData("loss<=0.15", true)]
    [InlineData("step>9", true)]
    [InlineData("step >= 11", false)]
    [InlineData("phase=train", true)]
    [InlineData("phase!=train", false)]
    [InlineData("model.layers.1=5", true)]
    [InlineData("done=true", true)]
    [InlineData("none=null", true)]
    public void A_field_is_compared_as_a_number_if_both_are_numbers_and_as_text_otherwise(string condition, bool isMet) =>
        Assert.Equal(isMet, IsMet(condition, Data));

    [Theory]
    [InlineData("nothing=1")]
    [InlineData("nothing!=1")]
    [InlineData("model.layers.7=5")]
    [InlineData("phase.deeper=1")]
    public void What_is_not_there_meets_no_condition(string condition) => Assert.False(IsMet(condition, Data));

    [Fact]
    public void Data_that_is_no_object_has_no_fields() => Assert.False(IsMet("loss<1", "0.5"));

    [Theory]
    [InlineData("loss")]
    [InlineData("=3")]
    [InlineData("")]
    public void What_names_no_field_or_no_comparison_is_no_condition(string text) => Assert.Null(DataCondition.TryParse(text));

    private static bool IsMet(string condition, string data)
    {
        using var document = JsonDocument.Parse(data);
        return DataCondition.TryParse(condition)!.IsMetBy(document.RootElement);
    }
}
