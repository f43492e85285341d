using System.Text.Json;
using Torc.Shared.Contracts;

namespace Torc.Web.Security;

/// <summary>
/// This server's hold on its data folder: while it lives, no second server opens the same folder. The kernel lets go
/// of it when the process ends, however it ends.
/// </summary>
internal sealed class ServerInstance : IDisposable
{
    private readonly FileStream _hold;
    private readonly DatabaseHold _database;

    private ServerInstance(DataFolder folder, FileStream hold, DatabaseHold database, AccessToken token)
    {
        Folder = folder;
        Token = token;
        _hold = hold;
        _database = database;
    }

    public DataFolder Folder { get; }

    public AccessToken Token { get; }

    /// <summary>The folder that the option, the environment or the user's home names.</summary>
    public static DataFolder ChooseFolder(string? option)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string path = DataFolder.Choose(option, Environment.GetEnvironmentVariable("TORC_DATA"), Environment.GetEnvironmentVariable("XDG_DATA_HOME"), home);
        return new DataFolder(Path.GetFullPath(path));
    }

    /// <exception cref="StartRefusedException">Another server holds the folder, or it cannot be made this user's own.</exception>
    public static async Task<ServerInstance> OpenAsync(DataFolder folder, CancellationToken cancel)
    {
        try
        {
            PrivateFiles.CreateFolder(folder.Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {folder.Path} cannot be used: {refused.Message} Name another with --data.", refused);
        }

        var hold = await HoldAsync(folder, cancel);
        DatabaseHold? database = null;
        try
        {
            database = await DatabaseHold.TakeAsync(folder.Database, cancel);
            PrivateFiles.CreateFolder(folder.Keys);
            return new ServerInstance(folder, hold, database, await AccessToken.ReadOrCreateAsync(folder.Token, cancel));
        }
        catch (StartRefusedException)
        {
            await hold.DisposeAsync();
            throw;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            database?.Dispose();
            await hold.DisposeAsync();
            throw new StartRefusedException($"The data folder {folder.Path} cannot be used: {refused.Message} Name another with --data.", refused);
        }
    }

    /// <summary>Tells agents and the command line where this server listens.</summary>
    public async Task AnnounceAsync(string url, CancellationToken cancel)
    {
        int pid = Environment.ProcessId;
        var file = new ServerFile(url, pid, await ProcessStart.TicksAsync(pid, cancel) ?? 0);
        await PrivateFiles.WriteAsync(Folder.ServerFile, JsonSerializer.Serialize(file, TorcJson.Default.ServerFile), cancel);
    }

    public void Withdraw() => File.Delete(Folder.ServerFile);

    public void Dispose()
    {
        _database.Dispose();
        _hold.Dispose();
    }

    private static async Task<FileStream> HoldAsync(DataFolder folder, CancellationToken cancel)
    {
        try
        {
            return PrivateFiles.Open(folder.ServerLock, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException held)
        {
            string who = await LivingAsync(folder, cancel) is { } server
                ? $"the server with pid {server.Pid} at {server.Url}"
                : await DatabaseHold.HolderAsync(folder.Database, cancel) ?? "another server";
            throw new StartRefusedException($"The data folder {folder.Path} is in use by {who}. Use that one, stop it first, or name another folder with --data.", held) { ExitCode = 9 };
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StartRefusedException($"The data folder {folder.Path} cannot be used: {denied.Message} Name another with --data.", denied);
        }
    }

    private static async Task<ServerFile?> LivingAsync(DataFolder folder, CancellationToken cancel)
    {
        try
        {
            var server = JsonSerializer.Deserialize(await File.ReadAllTextAsync(folder.ServerFile, cancel), TorcJson.Default.ServerFile);
            return server is not null && await ProcessStart.TicksAsync(server.Pid, cancel) == server.StartTicks ? server : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
