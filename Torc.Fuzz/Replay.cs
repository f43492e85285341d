namespace Torc.Fuzz;

/// <summary>Tries each file of a folder.</summary>
internal static class Replay
{
    /// <returns>The exit code: 1 if any of them breaks a rule.</returns>
    public static async Task<int> RunAsync(FuzzTarget target, string folder, CancellationToken cancel)
    {
        int broken = 0;
        foreach (string file in Directory.EnumerateFiles(folder).Order())
        {
            try
            {
                var verdict = target.Check(await File.ReadAllBytesAsync(file, cancel));
                Console.WriteLine($"{file}: {(verdict.IsAccepted ? "accepted" : "refused")} {verdict.Signature}");
            }
            // Whatever escapes a reader is what is looked for here.
            catch (Exception escaped)
            {
                broken++;
                Console.WriteLine($"{file}: BROKEN {escaped}");
            }
        }

        return broken > 0 ? 1 : 0;
    }
}
