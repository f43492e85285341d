namespace Torc.Agent.Client;

/// <summary>What jobs wrote, as a terminal may show it: text and nothing else.</summary>
internal static class Shown
{
    private const int MaxLine = 500;

    /// <summary>Indents each line, cuts long ones, and shows control characters, with which a job could move the cursor or worse, as marks.</summary>
    public static string Text(string written) => string.Join('\n', written.Split('\n').Select(Line));

    /// <summary>The same on one line and without indenting it, for a name inside a sentence.</summary>
    public static string Words(string written)
    {
        string plain = string.Concat(written.TrimEnd('\r').Select(letter => char.IsControl(letter) && letter != '\t' ? '\ufffd' : letter));
        return plain.Length > MaxLine ? $"{plain[..MaxLine]} …" : plain;
    }

    private static string Line(string line) => $"  {Words(line)}";
}
