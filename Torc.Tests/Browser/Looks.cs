using Xunit;

namespace Torc.Tests.Browser;

/// <summary>
/// In which theme and how wide pages are looked at. What a page does is the same in each theme, so that one wide and one narrow look
/// see it all; whoever keeps pictures gets the others as well.
/// </summary>
public static class Looks
{
    public static TheoryData<bool, int> All
    {
        get
        {
            var looks = new TheoryData<bool, int> { { false, 1400 }, { true, 360 } };
            if (Visit.KeepsPictures)
            {
                looks.Add(true, 1400);
                looks.Add(false, 360);
            }

            return looks;
        }
    }
}
