namespace Torc.Shared.Specs.Parameters;

/// <summary>A <c>{name}</c> or <c>{name:format}</c> in a text.</summary>
/// <param name="Start">Of the opening brace, in characters.</param>
/// <param name="End">One past the closing brace.</param>
/// <param name="Format">Null if there is no colon.</param>
internal readonly record struct Placeholder(int Start, int End, string Name, string? Format)
{
    /// <summary>Finds them all, whatever they name. The innermost braces count, and <c>${name}</c> is the shell's.</summary>
    public static IEnumerable<Placeholder> FindAll(string text)
    {
        int from = 0;
        while (text.IndexOf('{', from) is >= 0 and var start)
        {
            from = start + 1;
            int end = text.AsSpan(from).IndexOfAny('{', '}');
            if (end < 0)
            {
                yield break;
            }

            end += from;
            if (text[end] == '{' || (start > 0 && text[start - 1] == '$'))
            {
                continue;
            }

            int colon = text.AsSpan(from, end - from).IndexOf(':');
            string name = colon < 0 ? text[from..end] : text[from..(from + colon)];
            yield return new Placeholder(start, end + 1, name, colon < 0 ? null : text[(from + colon + 1)..end]);
            from = end + 1;
        }
    }
}
