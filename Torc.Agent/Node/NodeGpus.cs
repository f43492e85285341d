using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Torc.Agent.Node;

/// <summary>The GPUs that this machine lets us use, by the names under which programs find them.</summary>
internal static class NodeGpus
{
    /// <summary>The driver of a GPU that has fallen off its bus may not answer at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-8f6d2c3e-…)
    //   MIG 1g.10gb     Device  0: (UUID: MIG-2d4f…)
    private static readonly Regex Device = new(
        @"^(?<part>\s*MIG\s.*Device\s+[0-9]+:|GPU\s+[0-9]+:).*\(UUID:\s*(?<id>[^)\s]+)\)\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>Asks <c>nvidia-smi</c>. A machine without it has no GPU that we know how to give out.</summary>
    /// <param name="chosen">What the user said: a number, or names or numbers with commas between; null for all.</param>
    /// <param name="inherited">The value of <c>CUDA_VISIBLE_DEVICES</c>, by which an allocation says what it leaves us; null if it is not set.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(string? chosen, string? inherited, CancellationToken cancel) =>
        Choose(Allowed(Parse(await ListAsync(cancel)), inherited), chosen);

    /// <summary>The ids of the devices in a list of <c>nvidia-smi -L</c>. A GPU that is divided is offered by its parts, and not as a whole.</summary>
    internal static IReadOnlyList<string> Parse(string list)
    {
        var ids = new List<string>();
        bool isWhole = false;
        foreach (var match in list.Split('\n').Select(line => Device.Match(line)).Where(match => match.Success))
        {
            bool isPart = !match.Groups["part"].Value.StartsWith("GPU", StringComparison.Ordinal);
            if (isPart && isWhole)
            {
                ids.RemoveAt(ids.Count - 1);
            }

            isWhole = !isPart;
            ids.Add(match.Groups["id"].Value);
        }

        return ids;
    }

    /// <summary>What an allocation leaves us of the devices that are there: it names them by number, by id, or by the beginning of one.</summary>
    internal static IReadOnlyList<string> Allowed(IReadOnlyList<string> found, string? inherited)
    {
        if (inherited is null)
        {
            return found;
        }

        // As the driver reads it: what comes after a name that means nothing does not count.
        return [.. Names(inherited).Select(name => Find(found, name)).TakeWhile(id => id is not null).Select(id => id!).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What the user wants of them. Of a device that was not found he knows more than we do, and gets it by the name he gave it.</summary>
    internal static IReadOnlyList<string> Choose(IReadOnlyList<string> allowed, string? chosen)
    {
        if (chosen is null)
        {
            return allowed;
        }

        if (IsCount(chosen, out int count))
        {
            return count <= allowed.Count ? [.. allowed.Take(count)] : [.. allowed, .. Enumerable.Range(allowed.Count, count - allowed.Count).Select(Number)];
        }

        return [.. Names(chosen).Select(name => Find(allowed, name) ?? name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether <c>--gpus</c> means something: <c>2</c>, <c>0,3</c>, <c>GPU-8f6d2c3e,GPU-1a2b3c4d</c>.</summary>
    public static bool IsChoice(string text) => Names(text) is { Length: > 0 } names && names.All(name => IsCount(name, out _) || char.IsAsciiLetter(name[0]));

    private static bool IsCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string? Find(IReadOnlyList<string> ids, string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        ? ids.ElementAtOrDefault(index)
        : ids.FirstOrDefault(id => id.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static async Task<string> ListAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var program = Process.Start(new ProcessStartInfo("nvidia-smi", ["-L"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            if (program is null)
            {
                return "";
            }

            try
            {
                var errors = program.StandardError.ReadToEndAsync(patience.Token);
                string list = await program.StandardOutput.ReadToEndAsync(patience.Token);
                await errors;
                await program.WaitForExitAsync(patience.Token);
                return program.ExitCode == 0 ? list : "";
            }
            finally
            {
                if (!program.HasExited)
                {
                    program.Kill();
                }
            }
        }
        catch (Exception absent) when (absent is Win32Exception or IOException || (absent is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return "";
        }
    }
}
