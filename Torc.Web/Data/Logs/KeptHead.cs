using System.Globalization;
using System.Text;

namespace Torc.Web.Data.Logs;

/// <summary>The first line of a kept log's file, such as <c>torc-log 1 4404019 262144 31007</c>; what was kept follows.</summary>
/// <param name="TotalLength">Of the log on its node, in bytes.</param>
/// <param name="HeadLength">How much of its start was kept. What was kept behind that is its end.</param>
/// <param name="TailLine">The number of the line in which its end begins, from 1.</param>
internal sealed record KeptHead(long TotalLength, long HeadLength, long TailLine)
{
    /// <summary>In bytes.</summary>
    public const int Longest = 100;

    private const string Mark = "torc-log 1";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark} {TotalLength} {HeadLength} {TailLine}\n");

    /// <returns>Null if it is none.</returns>
    public static KeptHead? Parse(ReadOnlySpan<byte> line)
    {
        string[] words = Encoding.ASCII.GetString(line).Split(' ');
        return words is ["torc-log", "1", var total, var head, var tail]
            && long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out long totalLength)
            && long.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out long headLength)
            && long.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out long tailLine)
            ? new KeptHead(totalLength, headLength, tailLine)
            : null;
    }
}
