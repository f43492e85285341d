using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary>What the server sends for a file.</summary>
internal static class Download
{
    /// <summary>Writes it beside the file first, so that half of it is not taken for all of it.</summary>
    /// <param name="what">What it is, such as "the log".</param>
    /// <exception cref="CommandException">It came only in part.</exception>
    public static async Task<ExitCode> SaveAsync(HttpResponseMessage answer, string path, string what, CancellationToken cancel)
    {
        using var whole = answer;
        string unfinished = $"{path}.part";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                await answer.Content.CopyToAsync(file, cancel);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception broken) when (broken is HttpRequestException or HttpIOException)
        {
            throw new CommandException(ExitCode.ServerNotReachable, $"Of {what} only a part came, which is in {unfinished}: {broken.Message}");
        }

        return ExitCode.Ok;
    }
}
