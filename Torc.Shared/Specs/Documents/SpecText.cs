using System.Globalization;
using System.Text;

namespace Torc.Shared.Specs.Documents;

/// <summary>A spec's bytes as text, which knows its lines.</summary>
internal sealed class SpecText
{
    // The number of the line at each 4096th character: a line is found by looking at few characters, and a text of
    // empty lines costs no table of lines.
    private const int Stride = 4096;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly int[] _lineAtStride;

    public SpecText(string text)
    {
        Text = text;
        _lineAtStride = new int[(text.Length / Stride) + 1];
        int line = 1;
        for (int stride = 0; stride < _lineAtStride.Length; stride++)
        {
            _lineAtStride[stride] = line;
            line += text.AsSpan(stride * Stride, Math.Min(Stride, text.Length - (stride * Stride))).Count('\n');
        }
    }

    public string Text { get; }

    /// <returns>Null if the bytes are not UTF-8 text; <paramref name="problem"/> then says why.</returns>
    public static SpecText? TryDecode(ReadOnlySpan<byte> bytes, out Diagnostic? problem)
    {
        problem = Refuse(bytes);
        if (problem is not null)
        {
            return null;
        }

        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return new SpecText(Strict.GetString(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes));
    }

    /// <summary>The number of the line, from 1.</summary>
    public int LineOf(int offset)
    {
        int stride = Math.Min(offset / Stride, _lineAtStride.Length - 1);
        return _lineAtStride[stride] + Text.AsSpan(stride * Stride, Math.Min(offset, Text.Length) - (stride * Stride)).Count('\n');
    }

    /// <summary>Line and column from 1; what stands on later lines is left out of the end.</summary>
    public (int Line, int Column, int EndColumn) Locate(TextSpan span)
    {
        int start = Math.Min(span.Start, Text.Length);
        int lineStart = Text.LastIndexOf('\n', Math.Max(start - 1, 0), Math.Max(start, 0)) + 1;
        int lineEnd = Text.IndexOf('\n', start);
        lineEnd = lineEnd < 0 ? Text.Length : lineEnd;
        lineEnd -= lineEnd > start && Text[lineEnd - 1] == '\r' ? 1 : 0;
        int end = Math.Clamp(span.End, start, Math.Max(lineEnd, start));
        return (LineOf(start), start - lineStart + 1, Math.Max(end, start + 1) - lineStart + 1);
    }

    private static Diagnostic? Refuse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SpecLimits.DocumentBytes)
        {
            return new Diagnostic(
                DiagnosticCodes.Limit, Severity.Error, "", Line: null, Column: null, EndColumn: null,
                $"the file has {bytes.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes; at most 64 MiB are read", Help: null);
        }

        if (IsUtf16(bytes))
        {
            return At(bytes, 0, "the file is UTF-16, not UTF-8", "save it as UTF-8");
        }

        if (bytes.IndexOf((byte)0) is >= 0 and var nul)
        {
            return At(
                bytes, nul, string.Create(CultureInfo.InvariantCulture, $"the file is not text (NUL byte at offset {nul})"), "a spec is text: JSON, JSON5, YAML or KDL");
        }

        return FirstInvalid(bytes) is { } invalid
            ? At(
                bytes, invalid, string.Create(CultureInfo.InvariantCulture, $"the file is not UTF-8 (byte 0x{bytes[invalid]:X2} at offset {invalid})"),
                "save it as UTF-8")
            : null;
    }

    // A byte order mark, or without one every second of the first four bytes zero.
    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes
        is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..];

    private static int? FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return null;
        }

        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }

    private static Diagnostic At(ReadOnlySpan<byte> bytes, int offset, string message, string help)
    {
        var before = bytes[..offset];
        int line = before.Count((byte)'\n') + 1;
        int column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new Diagnostic(DiagnosticCodes.NotText, Severity.Error, "", line, column, column + 1, message, help);
    }
}
