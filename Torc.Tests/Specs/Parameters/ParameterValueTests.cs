using Torc.Shared.Specs.Parameters;
using Xunit;

namespace Torc.Tests.Specs.Parameters;

public sealed class ParameterValueTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("007", "7")]
    [InlineData("+5", "5")]
    [InlineData("-0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("0.10", "0.1")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("1e-3", "0.001")]
    [InlineData("1e21", "1000000000000000000000")]
    [InlineData("1e30", "1000000000000000000000000000000")]
    [InlineData("-1.5e30", "-1500000000000000000000000000000")]
    [InlineData("2.5e-30", "0.0000000000000000000000000000025")]
    [InlineData("-2.5e-30", "-0.0000000000000000000000000000025")]
    [InlineData("123456789.123456789", "123456789.123456789")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("text", "text")]
    [InlineData("1 2", "1 2")]
    [InlineData("0x10", "0x10")]
    [InlineData("1_000", "1_000")]
    [InlineData("1,000", "1,000")]
    [InlineData("nan", "nan")]
    [InlineData("inf", "inf")]
    [InlineData("1e999", "1e999")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("v1.0", "v1.0")]
    [InlineData("", "")]
    public void Numbers_are_printed_shortest_without_exponent_and_texts_as_they_are(string read, string printed) =>
        Assert.Equal(printed, ParameterValue.Read(read).ToString());

    [Theory]
    [InlineData("7", "03d", "007")]
    [InlineData("7", "0d", "7")]
    [InlineData("7", "d", "7")]
    [InlineData("1234", "03d", "1234")]
    [InlineData("-5", "03d", "-05")]
    [InlineData("-5", "01d", "-5")]
    [InlineData("0", "02d", "00")]
    [InlineData("007", "05d", "00007")]
    [InlineData("0.5", ".2f", "0.50")]
    [InlineData("0.5", ".4f", "0.5000")]
    [InlineData("0.126", ".2f", "0.13")]
    [InlineData("0.124", ".2f", "0.12")]
    [InlineData("2.4", ".0f", "2")]
    [InlineData("-0.126", ".1f", "-0.1")]
    [InlineData("1.0", ".1f", "1.0")]
    [InlineData("1e30", ".1f", "1000000000000000019884624838656.0")]
    [InlineData("1e-30", ".1f", "0.0")]
    public void A_format_of_the_kind_of_the_value_shapes_it(string value, string format, string printed) =>
        Assert.Equal(printed, ParameterValue.Read(value).Format(format));

    [Theory]
    [InlineData("0.5", "03d", "0.5")]
    [InlineData("1.0", "03d", "1")]
    [InlineData("abc", "03d", "abc")]
    [InlineData("abc", ".2f", "abc")]
    [InlineData("7", "3d", "7")]
    [InlineData("7", "x", "7")]
    [InlineData("7", "", "7")]
    [InlineData("0.5", "2f", "0.5")]
    [InlineData("0.5", ".f", "0.5")]
    [InlineData("0.5", ".-1f", "0.5")]
    [InlineData("7", "0999999999999d", "7")]
    [InlineData("0.5", ".101f", "0.5")]
    public void A_format_of_another_kind_leaves_the_value_as_it_is(string value, string format, string printed) =>
        Assert.Equal(printed, ParameterValue.Read(value).Format(format));

    [Theory]
    [InlineData("d", true)]
    [InlineData("03d", true)]
    [InlineData(".2f", true)]
    [InlineData(".0f", true)]
    [InlineData("0100d", true)]
    [InlineData("0101d", false)]
    [InlineData(".101f", false)]
    [InlineData("3d", false)]
    [InlineData("0 3d", false)]
    [InlineData("0-3d", false)]
    [InlineData("f", false)]
    [InlineData("s", false)]
    [InlineData("", false)]
    public void Only_two_kinds_of_formats_are_known(string format, bool isKnown) => Assert.Equal(isKnown, ParameterValue.IsFormat(format));

    [Fact]
    public void A_text_that_looks_like_a_number_stays_a_text() =>
        Assert.Equal(("007", "007"), (ParameterValue.Text("007").ToString(), ParameterValue.Text("007").Format("05d")));
}
