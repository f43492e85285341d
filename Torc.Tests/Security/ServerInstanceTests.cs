using Torc.Shared.Contracts;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

public sealed class ServerInstanceTests : IDisposable
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Directory.CreateTempSubdirectory("torc-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DataFolder Data => new(Path.Combine(_root, "a", "torc"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("/o", "/t", "/x", "/o")]
    [InlineData("", "/t", "/x", "/t")]
    [InlineData(null, "", "/x", "/x/torc")]
    [InlineData(null, null, "relative", "/home/me/.local/share/torc")]
    [InlineData(null, null, "", "/home/me/.local/share/torc")]
    [InlineData(null, null, null, "/home/me/.local/share/torc")]
    public void The_folder_is_the_first_that_is_named(string? option, string? torcData, string? xdg, string expected) =>
        Assert.Equal(expected, DataFolder.Choose(option, torcData, xdg, "/home/me"));

    [Fact]
    public async Task A_second_server_is_told_who_has_the_folder()
    {
        using var first = await ServerInstance.OpenAsync(Data, Cancel);
        var early = await Assert.ThrowsAsync<StartRefusedException>(() => ServerInstance.OpenAsync(Data, Cancel));
        await first.AnnounceAsync("http://localhost:8080", Cancel);
        var late = await Assert.ThrowsAsync<StartRefusedException>(() => ServerInstance.OpenAsync(Data, Cancel));

        Assert.Contains($"by the server with pid {Environment.ProcessId} on {Environment.MachineName}. ", early.Message, StringComparison.Ordinal);
        Assert.Contains($"pid {Environment.ProcessId} at http://localhost:8080", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pid_that_is_somebody_elses_by_now_is_not_named()
    {
        using var first = await ServerInstance.OpenAsync(Data, Cancel);
        await File.WriteAllTextAsync(Data.ServerFile, $$"""{"url":"http://localhost:1","pid":{{Environment.ProcessId}},"start_ticks":1}""", Cancel);
        await File.WriteAllTextAsync(Data.Database + ".holder", $"{Environment.ProcessId} 1 {Environment.MachineName}", Cancel);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ServerInstance.OpenAsync(Data, Cancel));

        Assert.DoesNotContain("pid", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_folder_that_leads_to_the_same_database_is_refused_and_told_who_has_it()
    {
        using var first = await ServerInstance.OpenAsync(Data, Cancel);
        await File.WriteAllTextAsync(Data.Database, "", Cancel);
        var second = new DataFolder(Path.Combine(_root, "b"));
        Directory.CreateDirectory(second.Path);
        File.CreateSymbolicLink(second.Database, Data.Database);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ServerInstance.OpenAsync(second, Cancel));

        Assert.Contains($"{Data.Database} is in use by the server with pid {Environment.ProcessId} on {Environment.MachineName}.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(StartRefusedException.DatabaseRefused, refused.ExitCode);
        first.Dispose();
        using var later = await ServerInstance.OpenAsync(second, Cancel);
    }

    [Fact]
    public async Task A_database_with_two_names_is_refused()
    {
        Directory.CreateDirectory(Data.Path);
        await File.WriteAllTextAsync(Data.Database, "", Cancel);
        using (var link = System.Diagnostics.Process.Start("ln", [Data.Database, Path.Combine(_root, "other.db")]))
        {
            await link.WaitForExitAsync(Cancel);
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ServerInstance.OpenAsync(Data, Cancel));

        Assert.Contains("a second name (a hard link)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_stays_from_start_to_start()
    {
        string first;
        using (var instance = await ServerInstance.OpenAsync(Data, Cancel))
        {
            first = await TokenAsync();
        }

        using var again = await ServerInstance.OpenAsync(Data, Cancel);

        Assert.Equal(first, await TokenAsync());
        Assert.Equal(43, first.Length);
        Assert.True(again.Token.Matches(first));
        Assert.False(again.Token.Matches(first + "x"));
        Assert.False(again.Token.Matches(""));
    }

    [Theory]
    [InlineData("short", PrivateFile)]
    [InlineData("", PrivateFile)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", PrivateFile | UnixFileMode.GroupRead)]
    public async Task A_token_that_cannot_be_a_secret_is_replaced(string token, UnixFileMode mode)
    {
        Directory.CreateDirectory(Data.Path);
        await File.WriteAllTextAsync(Data.Token, token, Cancel);
        File.SetUnixFileMode(Data.Token, mode);

        using var instance = await ServerInstance.OpenAsync(Data, Cancel);

        Assert.NotEqual(token, await TokenAsync());
        Assert.False(instance.Token.Matches(token));
        Assert.Equal(PrivateFile, File.GetUnixFileMode(Data.Token));
    }

    [Fact]
    public async Task A_folder_that_was_open_to_others_is_closed_to_them()
    {
        Directory.CreateDirectory(Data.Path, Folder | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);

        using var instance = await ServerInstance.OpenAsync(Data, Cancel);

        Assert.Equal(Folder, File.GetUnixFileMode(Data.Path));
        Assert.Equal(Folder, File.GetUnixFileMode(Data.Keys));
        Assert.Equal(PrivateFile, File.GetUnixFileMode(Data.ServerLock));
    }

    [Theory]
    [InlineData("18837 (torc) S 1 18837 18837 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 8234517 1 2", 8234517L)]
    [InlineData("18837 (a) b) (c) S 1 18837 18837 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 8234517 1 2", 8234517L)]
    [InlineData("18837 (torc) S 1", null)]
    [InlineData("", null)]
    public void The_start_of_a_process_is_read_behind_its_name(string stat, long? expected) => Assert.Equal(expected, ProcessStart.Read(stat));

    private async Task<string> TokenAsync() => (await File.ReadAllTextAsync(Data.Token, Cancel)).Trim();
}
