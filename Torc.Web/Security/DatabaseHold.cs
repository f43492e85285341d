using System.Globalization;

namespace Torc.Web.Security;

/// <summary>
/// A server's hold on its database, beside the file itself: a second data folder may lead to the same file by a link, on
/// another machine too. The kernel lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class DatabaseHold : IDisposable
{
    private readonly FileStream _hold;

    private DatabaseHold(FileStream hold) => _hold = hold;

    /// <exception cref="StartRefusedException">Another server has the database, or it has several names.</exception>
    public static async Task<DatabaseHold> TakeAsync(string database, CancellationToken cancel)
    {
        string file = FileFacts.Target(database);
        if (FileFacts.LinkCount(file) is > 1)
        {
            // SQLite keeps the log beside the name by which a file was opened: two names, two logs, and a damaged database.
            throw Refused($"The database {file} has a second name (a hard link), which could damage it. Remove one of the two, or make it a symbolic link.");
        }

        FileStream hold;
        try
        {
            hold = PrivateFiles.Open(file + ".lock", FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException held)
        {
            throw Refused($"The database {file} is in use by {await HolderAsync(database, cancel) ?? "another server"}. Use that one, stop it first, or name another folder with --data.", held);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw Refused($"The database {file} cannot be used: {denied.Message} Name another folder with --data.", denied);
        }

        int pid = Environment.ProcessId;
        long ticks = await ProcessStart.TicksAsync(pid, cancel) ?? 0;
        string holder = string.Create(CultureInfo.InvariantCulture, $"{pid} {ticks} {Environment.MachineName}");
        await PrivateFiles.WriteAsync(file + ".holder", holder, cancel);
        return new DatabaseHold(hold);
    }

    /// <returns>Such as "the server with pid 18837 on node7"; null if nobody has it who is known.</returns>
    public static async Task<string?> HolderAsync(string database, CancellationToken cancel)
    {
        try
        {
            string file = FileFacts.Target(database);
            // 18837 8234517 node7
            string[] holder = (await File.ReadAllTextAsync(file + ".holder", cancel)).Split(' ', 3);
            int pid = int.Parse(holder[0], CultureInfo.InvariantCulture);
            long ticks = long.Parse(holder[1], CultureInfo.InvariantCulture);
            bool lives = holder[2] != Environment.MachineName || await ProcessStart.TicksAsync(pid, cancel) == ticks;
            return lives ? string.Create(CultureInfo.InvariantCulture, $"the server with pid {pid} on {holder[2]}") : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public void Dispose() => _hold.Dispose();

    private static StartRefusedException Refused(string message, Exception? cause = null) =>
        new(message, cause) { ExitCode = StartRefusedException.DatabaseRefused };
}
