namespace Torc.Shared.Specs;

/// <summary>Letters of Greek and Cyrillic that nobody can tell from Latin ones (a choice of those in Unicode Technical Standard 39).</summary>
internal static class LookAlikes
{
    private const string Others = "АВЕЅІЈКМНОРСТХУаеѕіјорсухԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυ";
    private const string Latin = "ABESIJKMHOPCTXYaesijopcyxdhlABEZHIKMNOPTYXovpu";

    /// <summary>The same for two texts that look the same.</summary>
    public static string Look(string text) =>
        System.Text.Ascii.IsValid(text) ? text : string.Concat(text.Select(letter => Others.IndexOf(letter) is >= 0 and var place ? Latin[place] : letter));
}
