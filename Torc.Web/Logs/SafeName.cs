using System.Buffers;

namespace Torc.Web.Logs;

/// <summary>Names of files that are made from what users call their jobs.</summary>
internal static class SafeName
{
    private const int Longest = 100;

    // What a folder, a shell, a header or another system takes for something else.
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("/\\:*?\"<>|;%'`$&");

    /// <summary>Is the name of a file in the same folder on every system, whatever it is made from.</summary>
    public static string Of(string name)
    {
        string plain = string.Concat(name.Take(Longest).Select(letter => char.IsAsciiLetterOrDigit(letter) || (letter is > ' ' and <= '~' && !Unsafe.Contains(letter)) ? letter : '_'));
        string trimmed = plain.TrimEnd('.');
        int dots = trimmed.Length - trimmed.TrimStart('.').Length;
        string safe = new string('_', dots) + trimmed[dots..];
        return safe.Length == 0 ? "_" : safe;
    }
}
