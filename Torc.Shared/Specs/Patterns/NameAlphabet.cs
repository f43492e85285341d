using System.Text;

namespace Torc.Shared.Specs.Patterns;

/// <summary>Which characters names have.</summary>
/// <param name="Last">At least the last of them.</param>
internal readonly record struct NameAlphabet(int Last, NameLetters Letters)
{
    private const int LastOfAscii = 0x7F;
    private const int LastOfBasicPlane = 0xFFFF;

    public static NameAlphabet Of(IEnumerable<string> names)
    {
        var alphabet = new NameAlphabet(LastOfAscii, NameLetters.Ascii);
        foreach (string name in names.Where(name => !Ascii.IsValid(name)))
        {
            foreach (var rune in name.EnumerateRunes())
            {
                bool isUsual = rune.IsBmp && !UnicodeSets.UnusualLetters.Contains(rune.Value);
                alphabet = new NameAlphabet(
                    Math.Max(alphabet.Last, rune.IsBmp ? LastOfBasicPlane : CodePoints.Last),
                    !isUsual || alphabet.Letters == NameLetters.Any ? NameLetters.Any : NameLetters.Usual);
            }
        }

        return alphabet;
    }
}
