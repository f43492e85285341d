using System.Text;
using System.Text.RegularExpressions;

namespace Torc.Shared.Logs;

/// <summary>What is looked for in the lines of a log. It takes a time that grows with the line alone, whatever the pattern.</summary>
public sealed class LogPattern
{
    /// <summary>In characters.</summary>
    public const int Longest = 1_000;

    /// <summary>For one line, of which there may be as much as 1 MiB.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly byte[]? _literal;
    private readonly Regex? _regex;

    private LogPattern(byte[]? literal, Regex? regex) => (_literal, _regex) = (literal, regex);

    /// <summary>The text itself, in bytes, which is found faster than by looking at each line; null if every line has to be looked at.</summary>
    public ReadOnlyMemory<byte>? Literal => _literal is { } bytes ? new ReadOnlyMemory<byte>(bytes) : default(ReadOnlyMemory<byte>?);

    /// <param name="isRegex">Otherwise it is a text.</param>
    /// <param name="problem">What is wrong with it, in a sentence; null if it is a pattern.</param>
    public static LogPattern? TryCreate(string pattern, bool isRegex, bool ignoreCase, out string? problem)
    {
        problem = pattern.Length switch
        {
            0 => "The pattern is empty.",
            > Longest => $"The pattern has {pattern.Length} characters; at most {Longest} are taken.",
            _ when pattern.Contains('\n', StringComparison.Ordinal) => "The pattern has a line end in it; each line is looked at by itself.",
            _ => null,
        };
        if (problem is not null)
        {
            return null;
        }

        if (!isRegex && !ignoreCase)
        {
            return new LogPattern(Encoding.UTF8.GetBytes(pattern), null);
        }

        try
        {
            var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            return new LogPattern(null, new Regex(isRegex ? pattern : Regex.Escape(pattern), options, Patience));
        }
        catch (RegexParseException mistake)
        {
            problem = $"The regular expression cannot be read: {mistake.Message}";
        }
        catch (NotSupportedException)
        {
            problem = "The regular expression looks ahead or behind, or refers back to a group: such ones can take for ever, and are not searched for.";
        }

        return null;
    }

    /// <exception cref="RegexMatchTimeoutException">It takes too long.</exception>
    public bool IsIn(ReadOnlySpan<char> line) => _regex!.IsMatch(line);
}
