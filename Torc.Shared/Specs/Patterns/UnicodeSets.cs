using System.Globalization;

namespace Torc.Shared.Specs.Patterns;

/// <summary>The sets of characters that Unicode names: <c>\p{Lu}</c>, <c>\p{Greek}</c>, <c>\w</c>. Each is made when it is first asked for.</summary>
internal static class UnicodeSets
{
    // Scripts that names are written in, after the Unicode Character Database.
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["greek"] = "370-373 375-377 37A-37D 37F 384 386 388-38A 38C 38E-3A1 3A3-3E1 3F0-3FF 1D26-1D2A 1D5D-1D61 1D66-1D6A 1DBF 1F00-1F15 1F18-1F1D "
            + "1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2126 AB65 "
            + "10140-1018E 101A0 1D200-1D245",
        ["latin"] = "41-5A 61-7A AA BA C0-D6 D8-F6 F8-2B8 2E0-2E4 1D00-1D25 1D2C-1D5C 1D62-1D65 1D6B-1D77 1D79-1DBE 1E00-1EFF 2071 207F 2090-209C "
            + "212A-212B 2132 214E 2160-2188 2C60-2C7F A722-A787 A78B-A7CD A7D0-A7D1 A7D3 A7D5-A7DC A7F2-A7FF AB30-AB5A AB5C-AB64 AB66-AB69 FB00-FB06 "
            + "FF21-FF3A FF41-FF5A 10780-10785 10787-107B0 107B2-107BA 1DF00-1DF1E 1DF25-1DF2A",
        ["cyrillic"] = "400-484 487-52F 1C80-1C8A 1D2B 1D78 2DE0-2DFF A640-A69F FE2E-FE2F 1E030-1E06D 1E08F",
        ["han"] = "2E80-2E99 2E9B-2EF3 2F00-2FD5 3005 3007 3021-3029 3038-303B 3400-4DBF 4E00-9FFF F900-FA6D FA70-FAD9 16FE2-16FE3 16FF0-16FF1 20000-2A6DF "
            + "2A700-2B739 2B740-2B81D 2B820-2CEA1 2CEB0-2EBE0 2EBF0-2EE5D 2F800-2FA1D 30000-3134A 31350-323AF",
        ["hiragana"] = "3041-3096 309D-309F 1B001-1B11F 1B132 1B150-1B152 1F200",
        ["katakana"] = "30A1-30FA 30FD-30FF 31F0-31FF 32D0-32FE 3300-3357 FF66-FF6F FF71-FF9D 1AFF0-1AFF3 1AFF5-1AFFB 1AFFD-1AFFE 1B000 1B120-1B122 1B155 1B164-1B167",
    };

    // The names of general categories, short and long, without what makes no difference.
    private static readonly Dictionary<string, string> Categories = new()
    {
        ["letter"] = "l",
        ["casedletter"] = "lc",
        ["uppercaseletter"] = "lu",
        ["lowercaseletter"] = "ll",
        ["titlecaseletter"] = "lt",
        ["modifierletter"] = "lm",
        ["otherletter"] = "lo",
        ["mark"] = "m",
        ["combiningmark"] = "m",
        ["nonspacingmark"] = "mn",
        ["spacingmark"] = "mc",
        ["enclosingmark"] = "me",
        ["number"] = "n",
        ["decimalnumber"] = "nd",
        ["digit"] = "nd",
        ["letternumber"] = "nl",
        ["othernumber"] = "no",
        ["punctuation"] = "p",
        ["punct"] = "p",
        ["connectorpunctuation"] = "pc",
        ["dashpunctuation"] = "pd",
        ["openpunctuation"] = "ps",
        ["closepunctuation"] = "pe",
        ["initialpunctuation"] = "pi",
        ["finalpunctuation"] = "pf",
        ["otherpunctuation"] = "po",
        ["symbol"] = "s",
        ["mathsymbol"] = "sm",
        ["currencysymbol"] = "sc",
        ["modifiersymbol"] = "sk",
        ["othersymbol"] = "so",
        ["separator"] = "z",
        ["spaceseparator"] = "zs",
        ["lineseparator"] = "zl",
        ["paragraphseparator"] = "zp",
        ["other"] = "c",
        ["control"] = "cc",
        ["cntrl"] = "cc",
        ["format"] = "cf",
        ["privateuse"] = "co",
        ["unassigned"] = "cn",
    };

    // In the order of UnicodeCategory; halves of characters are in none.
    private static readonly string[] ShortNames =
    [
        "lu", "ll", "lt", "lm", "lo", "mn", "mc", "me", "nd", "nl", "no", "zs", "zl", "zp", "cc", "cf", "", "co", "pc", "pd", "ps", "pe", "pi", "pf", "po", "sm", "sc", "sk", "so", "cn",
    ];

    private static readonly Lazy<Dictionary<string, CodePoints>> ByCategory = new(ReadCategories);

    private static readonly Lazy<Dictionary<string, CodePoints>> ByScript = new(() => Scripts.ToDictionary(script => script.Key, script => CodePoints.Parse(script.Value)));

    // Letters in circles and squares, which are symbols by their category.
    private static readonly CodePoints CircledCapitals = CodePoints.Parse("24B6-24CF 1F130-1F149 1F150-1F169 1F170-1F189");

    private static readonly CodePoints CircledSmall = CodePoints.Parse("24D0-24E9");

    private static readonly CodePoints SmallBesideLetters = CodePoints.Parse(
        "AA BA 2B0-2B8 2C0-2C1 2E0-2E4 345 37A 10FC 1D2C-1D6A 1D78 1D9B-1DBF 2071 207F 2090-209C 2170-217F 24D0-24E9 2C7C-2C7D A69C-A69D A770 A7F2-A7F4 A7F8-A7F9 "
        + "AB5C-AB5F AB69 10780 10783-10785 10787-107B0 107B2-107BA 1E030-1E06D");

    private static readonly Lazy<CodePoints> LazyWord = new(() => CodePoints.Union(
        [.. new[] { "l", "m", "nd", "nl", "pc" }.Select(name => ByCategory.Value[name]), CircledCapitals, CircledSmall, CodePoints.Parse("200C-200D")]));

    // Without the marks that are alphabetic: whoever uses this makes sure that no name has a mark.
    private static readonly Lazy<CodePoints> LazyAlphabetic = new(() =>
        CodePoints.Union([ByCategory.Value["l"], ByCategory.Value["nl"], CircledCapitals, CircledSmall]));

    private static readonly Lazy<CodePoints> LazyUppercase = new(() => CodePoints.Union([ByCategory.Value["lu"], CircledCapitals, CodePoints.Parse("2160-216F")]));

    private static readonly Lazy<CodePoints> LazyLowercase = new(() => CodePoints.Union([ByCategory.Value["ll"], SmallBesideLetters]));

    /// <summary>What <c>\w</c> stands for.</summary>
    public static CodePoints Word => LazyWord.Value;

    /// <summary>What <c>\d</c> stands for.</summary>
    public static CodePoints Digit => ByCategory.Value["nd"];

    /// <summary>What <c>\s</c> stands for.</summary>
    public static CodePoints Space { get; } = CodePoints.Parse("9-D 20 85 A0 1680 2000-200A 2028-2029 202F 205F 3000");

    public static CodePoints Ascii { get; } = CodePoints.Of((0, 0x7F));

    /// <summary>Letters that are no letters of the usual kinds, and marks; where names have them, word boundaries cannot be told.</summary>
    public static CodePoints UnusualLetters => LazyUnusual.Value;

    private static readonly Lazy<CodePoints> LazyUnusual = new(() => CodePoints.Union([ByCategory.Value["m"], ByCategory.Value["nl"], CircledCapitals, CircledSmall]));

    /// <summary>Whether a name stands for letters of which some are marks.</summary>
    public static bool HasMarks(string property) => Normalize(property) is "alphabetic" or "alpha";

    /// <param name="property">As it stands in braces: <c>Lu</c>, <c>Script=Greek</c>.</param>
    /// <returns>Null if the name is not known.</returns>
    public static CodePoints? Find(string property)
    {
        int sign = property.IndexOfAny(['=', ':']);
        bool isNegated = sign > 0 && property[sign] == '=' && property[sign - 1] == '!';
        string name = Normalize(sign < 0 ? property : property[(sign + 1)..]);
        var found = sign < 0
            ? Category(name) ?? ByScript.Value.GetValueOrDefault(name) ?? Binary(name)
            : Normalize(property[..(isNegated ? sign - 1 : sign)]) switch
            {
                "gc" or "generalcategory" => Category(name),
                "sc" or "script" => ByScript.Value.GetValueOrDefault(name),
                _ => null,
            };
        return isNegated ? found?.Complement() : found;
    }

    // Case, spaces, "-" and "_" make no difference, and "is" may stand before a name.
    private static string Normalize(string name)
    {
        string plain = string.Concat(name.Where(character => character is not (' ' or '-' or '_'))).ToLowerInvariant();
        return plain.StartsWith("is", StringComparison.Ordinal) ? plain[2..] : plain;
    }

    private static CodePoints? Category(string name) => name switch
    {
        "any" => CodePoints.All,
        "ascii" => Ascii,
        "assigned" => ByCategory.Value["cn"].Complement(),
        _ => ByCategory.Value.GetValueOrDefault(Categories.GetValueOrDefault(name, name)),
    };

    private static CodePoints? Binary(string name) => name switch
    {
        "alphabetic" or "alpha" => LazyAlphabetic.Value,
        "uppercase" or "upper" => LazyUppercase.Value,
        "lowercase" or "lower" => LazyLowercase.Value,
        "whitespace" or "wspace" or "space" => Space,
        _ => null,
    };

    private static Dictionary<string, CodePoints> ReadCategories()
    {
        var ranges = ShortNames.Select(_ => new List<(int From, int To)>()).ToArray();
        int start = 0;
        for (int character = 1; character <= CodePoints.Last + 1; character++)
        {
            if (character > CodePoints.Last || CharUnicodeInfo.GetUnicodeCategory(character) != CharUnicodeInfo.GetUnicodeCategory(start))
            {
                ranges[(int)CharUnicodeInfo.GetUnicodeCategory(start)].Add((start, character - 1));
                start = character;
            }
        }

        var found = ShortNames.Zip(ranges).Where(category => category.First.Length > 0).ToDictionary(category => category.First, category => CodePoints.Of(category.Second));
        foreach (var group in found.ToList().GroupBy(category => category.Key[..1]))
        {
            found.Add(group.Key, CodePoints.Union(group.Select(category => category.Value)));
        }

        found.Add("lc", CodePoints.Union([found["lu"], found["ll"], found["lt"]]));
        return found;
    }
}
