using System.Diagnostics;
using System.Threading.Channels;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The torc program while it runs.</summary>
internal sealed class Command : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];

    public Command(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Waits for a line that begins with <paramref name="start"/>.</summary>
    public Task<string> LineAsync(string start) => LineAsync(line => line.StartsWith(start, StringComparison.Ordinal), $"begins with \"{start}\"");

    /// <summary>Waits for a line with <paramref name="part"/> in it.</summary>
    public Task<string> LineContainingAsync(string part) => LineAsync(line => line.Contains(part, StringComparison.Ordinal), $"has \"{part}\" in it");

    private async Task<string> LineAsync(Func<string, bool> isIt, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Site.Patience);
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                _said.Add(line);
                if (isIt(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            // Said below.
        }

        throw new InvalidOperationException($"it said no line that {what}: {string.Join('\n', _said)}");
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(Cancel).WaitAsync(Site.Patience, Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Waiting.Patience, CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
