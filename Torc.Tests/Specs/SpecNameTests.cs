using System.Text;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class SpecNameTests
{
    [Theory]
    [InlineData("gr\u006f\u0308\u00dfe", "gr\u00f6\u00dfe")]
    [InlineData("\u0065\u0323\u0302", "\u1ec7")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("\u304b\u3099", "\u304c")]
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00")]
    public void A_name_written_in_parts_is_read_as_written_in_one_piece(string parts, string whole)
    {
        var reading = Read($$"""
            {"name": "w", "jobs": [{"name": "{{parts}}", "command": "x"}, {"name": "after", "command": "x", "depends_on": ["{{whole}}"]}]}
            """);

        Assert.Equal(DiagnosticCodes.NameComposed, Assert.Single(reading.Problems).Code);
        Assert.Equal(whole, reading.Definition!.Jobs[0].Name);
        Assert.Equal([0], reading.Definition.Graph.BlockersOf(1).ToArray());
    }

    [Fact]
    public void Names_that_differ_only_in_how_they_are_composed_are_one_name() => Assert.Contains(
        Read("""{"name": "w", "jobs": [{"name": "\u00e9", "command": "x"}, {"name": "e\u0301", "command": "x"}]}""").Problems,
        problem => problem.Code is DiagnosticCodes.DuplicateName);

    [Theory]
    [InlineData("x\u0301")]
    [InlineData("\u0915\u093f")]
    [InlineData("\uac01\u11a8")]
    public void Marks_that_join_nothing_stay(string name)
    {
        var reading = Read($$"""{"name": "{{name}}", "jobs": []}""");

        Assert.Empty(reading.Problems);
        Assert.Equal(name, reading.Definition!.Name);
    }

    private static SpecReading Read(string json) => SpecReader.Read(Encoding.UTF8.GetBytes(json), "a.json");
}
