using System.Diagnostics;
using System.Globalization;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>Another user of this machine, who speaks HTTP from a process of their own.</summary>
internal static class Stranger
{
    private const string User = "nobody";

    private const string AskAll =
        """
        while read -r method path; do
          if exec 3<>"/dev/tcp/127.0.0.1/$PORT"; then
            printf '%s %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n' "$method" "$path" "$PORT" >&3
            status=
            read -r _ status _ <&3
            printf '%s %s %s\n' "${status:-0}" "$method" "$path"
            exec 3>&-
          fi
        done
        """;

    /// <summary>Ends each connection as soon as the request is written, so that the kernel soon calls it nobody's.</summary>
    private const string HangUp =
        """
        while read -r method path; do
          printf '%s %s HTTP/1.1\r\nHost: localhost:%s\r\nContent-Length: 0\r\n\r\n' "$method" "$path" "$PORT" >"/dev/tcp/127.0.0.1/$PORT"
        done
        """;

    public static void SkipUnlessPossible() => Assert.SkipUnless(Environment.UserName is "root", "only root can act as another user");

    /// <returns>The status of each route; a route that is missing was not answered.</returns>
    public static async Task<IReadOnlyDictionary<ProbedRoute, int>> AskAsync(int port, IEnumerable<ProbedRoute> routes)
    {
        string answers = await RunAsync(AskAll, port, routes);
        return answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 3))
            .ToDictionary(parts => new ProbedRoute(parts[1], parts[2]), parts => int.Parse(parts[0], CultureInfo.InvariantCulture));
    }

    public static Task HangUpAsync(int port, IEnumerable<ProbedRoute> routes) => RunAsync(HangUp, port, routes);

    private static async Task<string> RunAsync(string script, int port, IEnumerable<ProbedRoute> routes)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            UserName = User,
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) },
        };
        using var process = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var answers = process.StandardOutput.ReadToEndAsync(cancel);
        await process.StandardInput.WriteAsync(string.Concat(routes.Select(route => route + "\n")));
        process.StandardInput.Close();
        try
        {
            return await answers.WaitAsync(Waiting.Patience, cancel);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
