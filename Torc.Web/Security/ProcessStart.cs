using System.Globalization;

namespace Torc.Web.Security;

/// <summary>When a process started, which tells it from a later one with the same pid.</summary>
internal static class ProcessStart
{
    private const int FieldsBeforeState = 2;
    private const int StartTimeField = 22;

    /// <returns>Clock ticks since boot, or null when there is no such process.</returns>
    public static async Task<long?> TicksAsync(int pid, CancellationToken cancel)
    {
        try
        {
            return Read(await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"), cancel));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="stat"><c>18837 (a name (with) brackets) S 1 18837 … 8234517 …</c>: the name may contain anything, so fields are counted from its end.</param>
    public static long? Read(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int index = StartTimeField - FieldsBeforeState - 1;
        return fields.Length > index && long.TryParse(fields[index], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) ? ticks : null;
    }
}
