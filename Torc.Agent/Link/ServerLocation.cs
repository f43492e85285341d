using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Link;

/// <summary>Says where the server is, and the secret that it asks for.</summary>
/// <param name="url">What the user said; null to look into the data folder.</param>
/// <param name="token">From the environment; null to look into the data folder.</param>
internal sealed class ServerLocation(Uri? url, string? token, DataFolder data)
{
    /// <exception cref="IOException">No server has been there yet.</exception>
    public async Task<(Uri Url, string? Token)> FindAsync(CancellationToken cancel)
    {
        string? secret = token ?? (File.Exists(data.Token) ? (await File.ReadAllTextAsync(data.Token, cancel)).Trim() : null);
        return (url ?? await ReadUrlAsync(cancel), secret);
    }

    private async Task<Uri> ReadUrlAsync(CancellationToken cancel)
    {
        string path = data.ServerFile;
        byte[] content = await File.ReadAllBytesAsync(path, cancel);
        try
        {
            var server = JsonSerializer.Deserialize(content, TorcJson.Default.ServerFile);

            // The file of a server that was killed stays behind. Somebody else may listen there now, who must not get the token.
            return server is not null && OtherProcess.StartTicks(server.Pid) == server.StartTicks
                ? new Uri(server.Url)
                : throw new IOException("no server runs on this machine");
        }
        catch (Exception wrong) when (wrong is JsonException or UriFormatException)
        {
            throw new IOException($"{path} does not say where the server is: {wrong.Message}", wrong);
        }
    }
}
