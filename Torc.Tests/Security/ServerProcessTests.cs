using System.Globalization;
using Xunit;

namespace Torc.Tests.Security;

public sealed class ServerProcessTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("torc-").FullName;

    private string Folder => Path.Combine(_root, "share", "torc");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_fresh_server_listens_on_loopback_only_whatever_the_surroundings_ask()
    {
        var wide = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "http://0.0.0.0:0",
            ["DOTNET_URLS"] = "http://*:0",
            ["URLS"] = "http://[::]:0",
            ["HTTP_PORTS"] = "0",
            ["ASPNETCORE_HTTP_PORTS"] = "0",
            ["ASPNETCORE_HTTPS_PORTS"] = "0",
            ["ASPNETCORE_PREFERHOSTINGURLS"] = "true",
            ["PREFERHOSTINGURLS"] = "true",
            ["Kestrel__Endpoints__wide__Url"] = "http://0.0.0.0:0",
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        };
        using var server = ServerProcess.Start(Folder, wide, "--port", "0", "--urls", "http://0.0.0.0:0");
        await server.ListeningAsync();

        var listening = Listening(server.Pid);

        Assert.NotEmpty(listening);
        Assert.All(listening, address => Assert.True(address is "0100007F" or "00000000000000000000000001000000", address));
    }

    [Fact]
    public async Task Everything_in_the_data_folder_is_the_owners_alone_under_umask_000()
    {
        using var server = ServerProcess.Start(Folder, [], "--port", "0");
        await server.ListeningAsync();

        var files = new DirectoryInfo(Path.Combine(_root, "share")).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(Path.Combine(_root, "share"))).ToList();

        Assert.Contains(files, file => file.Name is "token");
        Assert.Contains(files, file => file.Name.StartsWith("key-", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(file is DirectoryInfo ? "700" : "600", Convert.ToString((int)file.UnixFileMode, 8)));
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_ends_and_names_the_first()
    {
        using var first = ServerProcess.Start(Folder, [], "--port", "0");
        var file = await first.ListeningAsync();
        using var second = ServerProcess.Start(Folder, [], "--port", "0");

        int code = await second.EndedAsync();

        Assert.NotEqual(0, code);
        Assert.Contains($"pid {first.Pid} at {file.Url}", await second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await first.StopAsync());
        Assert.False(File.Exists(first.Folder.ServerFile));
    }

    [Fact]
    public async Task A_server_that_was_killed_leaves_the_folder_to_the_next_one()
    {
        using var first = ServerProcess.Start(Folder, [], "--port", "0");
        await first.ListeningAsync();
        await first.KillAsync();
        using var second = ServerProcess.Start(Folder, [], "--port", "0");

        var file = await second.ListeningAsync();

        Assert.Equal(second.Pid, file.Pid);
    }

    [Fact]
    public async Task A_server_that_shall_listen_to_the_world_ends_with_a_kind_word()
    {
        using var server = ServerProcess.Start(Folder, [], "--host", "0.0.0.0");

        int code = await server.EndedAsync();
        string words = await server.Errors;

        Assert.NotEqual(0, code);
        Assert.Contains("ssh -L 8080:localhost:8080", words, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    /// <summary>The raw local addresses of the sockets on which a process listens.</summary>
    private static List<string> Listening(int pid)
    {
        var inodes = Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd"))
            .Select(descriptor => new FileInfo(descriptor).LinkTarget)
            .OfType<string>()
            .ToHashSet();
        return
        [
            .. from table in new[] { "/proc/net/tcp", "/proc/net/tcp6" }
               from line in File.ReadLines(table).Skip(1)
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields[3] is "0A" && inodes.Contains($"socket:[{fields[9]}]")
               select fields[1].Split(':')[0],
        ];
    }
}
