using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Makes names for workflows of names of files, which may have characters that no name has.</summary>
internal static class FileNames
{
    private const string Nameless = "commands";

    /// <param name="file">Without its folder and ending.</param>
    public static string ToName(string file)
    {
        var name = new StringBuilder();
        int bytes = 0;
        foreach (var rune in Composition.Compose(file).EnumerateRunes())
        {
            // In the middle of a name a space is allowed, and a mark above a letter.
            var allowed = IsName($"x{rune}x") ? rune : new Rune('_');
            bytes += allowed.Utf8SequenceLength;
            if (bytes > SpecLimits.NameBytes)
            {
                break;
            }

            name.Append(allowed);
        }

        string trimmed = name.ToString().Trim(' ');
        return IsName(trimmed) ? trimmed : trimmed.Length > 0 && IsName($"{trimmed}_") ? $"{trimmed}_" : Nameless;
    }

    // Without a word about it: one that is a device's on Windows is none here.
    private static bool IsName(string text)
    {
        var problems = new SpecProblems(new SpecText(""));
        SpecNames.Check(problems, SpecPath.Top, new TextSpan(0, 1), text);
        return problems.ToList().Count == 0;
    }
}
