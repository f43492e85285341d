using System.Text;

namespace Torc.Shared.Texts;

/// <summary>What names have in common that differ by numbers or parameters alone.</summary>
public static class NameFamily
{
    /// <summary>Writes <c>#</c> for each number: <c>sim_0457</c> and <c>sim_9</c> are both <c>sim_#</c>.</summary>
    public static string WithoutNumbers(string name)
    {
        var pattern = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            if (!char.IsAsciiDigit(letter))
            {
                pattern.Append(letter);
            }
            else if (pattern.Length == 0 || pattern[^1] != '#')
            {
                pattern.Append('#');
            }
        }

        return pattern.ToString();
    }

    /// <summary>The words of a pattern: <c>sim</c> for <c>sim_{i:04d}</c> and <c>sim_#</c>, <c>train</c> for <c>{model}_train</c>.</summary>
    /// <returns>The pattern itself if it has no words.</returns>
    public static string Stem(string pattern)
    {
        string stem = Tidy(WithoutHoles(pattern));
        return stem.Length > 0 ? stem : pattern;
    }

    private static string WithoutHoles(string pattern)
    {
        var name = new StringBuilder(pattern.Length);
        int depth = 0;
        foreach (char letter in pattern)
        {
            depth += letter == '{' ? 1 : 0;
            if (depth == 0 && letter != '#')
            {
                name.Append(letter);
            }

            depth -= letter == '}' && depth > 0 ? 1 : 0;
        }

        return name.ToString();
    }

    // What stood between a word and a number says nothing without the number: a_#_b is a_b.
    private static string Tidy(string name)
    {
        var tidy = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            if (!IsSeparator(letter) || (tidy.Length > 0 && !IsSeparator(tidy[^1])))
            {
                tidy.Append(letter);
            }
        }

        return tidy.ToString().TrimEnd('_', '-', '.', ' ');
    }

    private static bool IsSeparator(char letter) => letter is '_' or '-' or '.' or ' ';
}
