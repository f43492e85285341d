using System.Text.Json;
using Torc.Agent.Client;
using Torc.Agent.Link;
using Torc.Shared.Contracts;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Link;

public sealed class ServerLocationTests : IDisposable
{
    private const string Url = "http://localhost:8080";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_server_that_lives_is_found_with_its_token()
    {
        await WriteAsync(OtherProcess.StartTicks(Environment.ProcessId)!.Value);

        Assert.Equal((new Uri(Url), "secret"), await FindAsync());
    }

    [Fact]
    public async Task The_file_of_a_server_that_was_killed_leads_nobody_to_whoever_has_its_port_now()
    {
        await WriteAsync(OtherProcess.StartTicks(Environment.ProcessId)!.Value - 1);

        await Assert.ThrowsAsync<IOException>(FindAsync);
    }

    public void Dispose() => _folder.Dispose();

    private Task<(Uri Url, string? Token)> FindAsync() =>
        new ServerLocation(url: null, token: "secret", new DataFolder(_folder.At("."))).FindAsync(TestContext.Current.CancellationToken);

    private Task WriteAsync(long startTicks) => File.WriteAllTextAsync(
        _folder.At("server.json"),
        JsonSerializer.Serialize(new ServerFile(Url, Environment.ProcessId, startTicks), TorcJson.Default.ServerFile),
        TestContext.Current.CancellationToken);
}
