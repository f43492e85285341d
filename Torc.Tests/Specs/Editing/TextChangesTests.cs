using CsCheck;
using Torc.Shared.Specs.Editing;
using Xunit;

namespace Torc.Tests.Specs.Editing;

public sealed class TextChangesTests
{
    private static readonly Gen<string> Texts = Gen.Char["abc\n"].Array[0, 12].Select(characters => new string(characters));

    [Fact]
    public void Changes_are_undone_joined_and_trimmed_without_losing_a_character() =>
        Gen.Select(Texts, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample(
            (text, one, other) =>
            {
                var first = Draw(new Random(one), text);
                string middle = TextChanges.Apply(text, first);
                var second = Draw(new Random(other), middle);
                string end = TextChanges.Apply(middle, second);
                var both = TextChanges.Then(text, first, second);
                var trimmed = TextChanges.Trim(text, both);

                Assert.Equal(text, TextChanges.Apply(middle, TextChanges.Invert(text, first)));
                Assert.True(TextChanges.Fit(text.Length, both) && TextChanges.Fit(text.Length, trimmed));
                Assert.Equal(end, TextChanges.Apply(text, both));
                Assert.Equal(end, TextChanges.Apply(text, trimmed));
                Assert.True(text != end || trimmed.Count == 0 || both.Count > 1);
            },
            iter: 5_000);

    [Fact]
    public void A_change_keeps_what_both_texts_have_and_never_half_of_a_character()
    {
        Assert.Equal([new TextChange(1, 2, "x")], TextChanges.Trim("abc", [new TextChange(0, 3, "axc")]));
        Assert.Equal([new TextChange(0, 2, "😁")], TextChanges.Trim("😀", [new TextChange(0, 2, "😁")]));
        Assert.Empty(TextChanges.Trim("abc", [new TextChange(0, 3, "abc")]));
    }

    [Fact]
    public void Changes_that_are_not_in_the_text_are_refused()
    {
        var document = SpecDocument.Of("name: w\n", null);

        Assert.Throws<ArgumentException>(() => document.With([new TextChange(5, 100, "")]));
        Assert.Throws<ArgumentException>(() => document.With([new TextChange(5, 6, ""), new TextChange(2, 3, "")]));
    }

    private static List<TextChange> Draw(Random chance, string text)
    {
        var changes = new List<TextChange>();
        int at = 0;
        while (at <= text.Length && changes.Count < 4)
        {
            int start = at + chance.Next(0, 4);
            int end = start + chance.Next(0, 4);
            if (end > text.Length)
            {
                break;
            }

            changes.Add(new TextChange(start, end, new string('x', chance.Next(0, 3))));
            at = end + 1;
        }

        return changes;
    }
}
