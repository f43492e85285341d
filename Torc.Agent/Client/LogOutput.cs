using System.Text;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Logs;

namespace Torc.Agent.Client;

/// <summary>
/// Prints a log: to a terminal its text and colours, to programs the very bytes, or an object a line if they want so. All of it goes to
/// standard output, and nothing else does.
/// </summary>
internal sealed class LogOutput(LogManner manner, string job, int attempt, LogStream stream)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly TerminalText _terminal = new();
    private readonly List<byte> _line = [];
    private long? _number = 1;

    /// <summary>Nobody reads it any more.</summary>
    public bool IsClosed { get; private set; }

    public static LogManner MannerOf(bool json) => json ? LogManner.Json : Console.IsOutputRedirected ? LogManner.Bytes : LogManner.Terminal;

    /// <param name="line">Of what is written next; null if nobody counted.</param>
    public void StartsAt(long? line) => _number = line;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        switch (manner)
        {
            case LogManner.Json:
                WriteLines(bytes);
                break;
            case LogManner.Terminal:
                WriteOut(Encoding.UTF8.GetBytes(_terminal.Next(Decode(bytes, isLast: false))));
                break;
            default:
                WriteOut(bytes);
                break;
        }
    }

    public void Write(LogMatch match) => WriteOut(Encoding.UTF8.GetBytes(manner switch
    {
        LogManner.Json => JsonSerializer.Serialize(match, TorcJson.Default.LogMatch) + "\n",
        LogManner.Terminal => OnTerminal($"{match.Line}: {match.Text}\n"),
        _ => $"{match.Line}: {match.Text}\n",
    }));

    /// <summary>Writes a line about what follows, unless a program reads that.</summary>
    public void WriteHeader(string words)
    {
        if (manner != LogManner.Json)
        {
            WriteOut(Encoding.UTF8.GetBytes($"{Shown.Words(words)}\n"));
        }
    }

    /// <summary>Writes what was held back until it is whole.</summary>
    /// <param name="withLineEnd">Adds the end that the last line lacks.</param>
    public void End(bool withLineEnd)
    {
        if (manner == LogManner.Json && _line.Count > 0)
        {
            WriteLine();
        }
        else if (manner == LogManner.Terminal)
        {
            WriteOut(Encoding.UTF8.GetBytes(_terminal.Next(Decode([], isLast: true)) + _terminal.End()));
        }

        if (withLineEnd && manner != LogManner.Json)
        {
            WriteOut("\n"u8);
        }
    }

    private static string OnTerminal(string text)
    {
        var terminal = new TerminalText();
        return terminal.Next(text) + terminal.End();
    }

    private string Decode(ReadOnlySpan<byte> bytes, bool isLast)
    {
        char[] letters = new char[_decoder.GetCharCount(bytes, isLast)];
        int count = _decoder.GetChars(bytes, letters, isLast);
        return new string(letters, 0, count);
    }

    private void WriteLines(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.AddRange(bytes[..end]);
            WriteLine();
            bytes = bytes[(end + 1)..];
        }

        _line.AddRange(bytes);
    }

    private void WriteLine()
    {
        string text = Encoding.UTF8.GetString([.. _line]).TrimEnd('\r');
        _line.Clear();
        WriteOut(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new LogLineView(job, attempt, stream, _number, text), TorcJson.Default.LogLineView) + "\n"));
        _number++;
    }

    private void WriteOut(ReadOnlySpan<byte> bytes) => IsClosed = IsClosed || !StandardOutput.TryWrite(bytes);
}
