using System.Buffers;
using System.IO.Compression;
using Torc.Shared.Quantities;

namespace Torc.Shared.Metrics;

/// <summary>
/// Writes points of a time series into few bytes: column by column, as differences, compressed. A day at one point a second takes less than 200 KB.
/// Times are kept to a tenth of a second, levels to half a percent.
/// </summary>
/// <remarks>
/// One byte for the format, then compressed with Brotli: the number of points, and for each column as many numbers. A number is written in groups
/// of seven bits, the lowest first, with the highest bit set in all but the last; those that can be negative take every other number:
/// 0, -1, 1, -2…
/// </remarks>
public static class UsageSeries
{
    /// <summary>How many points go into one piece, at most: five minutes of one a second.</summary>
    public const int MostPoints = 300;

    /// <summary>To this the time of a point is kept.</summary>
    public static readonly TimeSpan TimeGrain = TimeSpan.FromMilliseconds(100);

    private const byte Format = 1;
    private const int CompressionQuality = 5;
    private const int CompressionWindow = 16;
    private const double PercentSteps = 10;
    private const long MemoryStep = 1024;
    private const int Unknown = -1;

    private static readonly (Func<UsageLevels, long> Read, Func<UsageLevels, long, UsageLevels> Write)[] Columns =
    [
        (levels => Steps(levels.CpuPercent), (levels, value) => levels with { CpuPercent = value / PercentSteps }),
        (levels => levels.Memory.Bytes / MemoryStep, (levels, value) => levels with { Memory = new MemorySize(value * MemoryStep) }),
        (levels => levels.Processes, (levels, value) => levels with { Processes = (int)value }),
        (levels => levels.ReadRate, (levels, value) => levels with { ReadRate = value }),
        (levels => levels.WriteRate, (levels, value) => levels with { WriteRate = value }),
        (levels => levels.GpuPercent is { } percent ? Steps(percent) : Unknown, (levels, value) => levels with { GpuPercent = value == Unknown ? null : value / PercentSteps }),
        (levels => levels.GpuMemory is { } memory ? memory.Bytes / MemoryStep : Unknown, (levels, value) => levels with { GpuMemory = value == Unknown ? null : new MemorySize(value * MemoryStep) }),
    ];

    /// <param name="points">Oldest first.</param>
    public static byte[] Write(IReadOnlyList<UsagePoint> points)
    {
        var plain = new ArrayBufferWriter<byte>(8 + (points.Count * 8));
        WriteNumber(plain, (ulong)points.Count);
        long before = 0, step = 0;
        foreach (var point in points)
        {
            // Points come at even distances, so that the difference of two distances mostly is none.
            long now = point.At.UtcTicks / TimeGrain.Ticks;
            WriteDifference(plain, now - before - step);
            (step, before) = (before == 0 ? 0 : now - before, now);
        }

        foreach (var (read, _) in Columns)
        {
            int last = 0;
            foreach (var point in points)
            {
                int level = read(point.Levels) is >= 0 and var value ? RoughNumber.Of(value) : Unknown;
                WriteDifference(plain, level - last);
                last = level;
            }
        }

        byte[] packed = new byte[1 + BrotliEncoder.GetMaxCompressedLength(plain.WrittenCount)];
        packed[0] = Format;
        return BrotliEncoder.TryCompress(plain.WrittenSpan, packed.AsSpan(1), out int length, CompressionQuality, CompressionWindow)
            ? packed[..(1 + length)]
            : throw new InvalidOperationException("The points of a series do not fit into what their compression takes at most.");
    }

    /// <exception cref="InvalidDataException">These bytes were not written by <see cref="Write"/>.</exception>
    public static IReadOnlyList<UsagePoint> Read(ReadOnlySpan<byte> packed)
    {
        // Each point takes at most ten bytes for its time, and three for each level.
        byte[] plain = new byte[10 + (MostPoints * (10 + (3 * Columns.Length)))];
        if (packed is not [Format, ..] || !BrotliDecoder.TryDecompress(packed[1..], plain, out int length))
        {
            throw new InvalidDataException("This is no piece of a series of samples, or one of a later version of Torc.");
        }

        ReadOnlySpan<byte> rest = plain.AsSpan(0, length);
        var points = new UsagePoint[ReadNumber(ref rest) is var count and <= MostPoints ? (int)count : throw new InvalidDataException("This piece of a series claims more points than one has.")];
        long before = 0, step = 0;
        for (int index = 0; index < points.Length; index++)
        {
            long now = before + step + ReadDifference(ref rest);
            (step, before) = (before == 0 ? 0 : now - before, now);
            points[index] = new UsagePoint(new DateTimeOffset(now * TimeGrain.Ticks, TimeSpan.Zero), default);
        }

        foreach (var (_, write) in Columns)
        {
            long level = 0;
            for (int index = 0; index < points.Length; index++)
            {
                level += ReadDifference(ref rest);
                points[index] = points[index] with { Levels = write(points[index].Levels, level == Unknown ? Unknown : RoughNumber.Value((int)level)) };
            }
        }

        return points;
    }

    private static long Steps(double percent) => (long)Math.Round(percent * PercentSteps);

    private static void WriteDifference(ArrayBufferWriter<byte> into, long difference) => WriteNumber(into, (ulong)((difference << 1) ^ (difference >> 63)));

    private static long ReadDifference(ref ReadOnlySpan<byte> from)
    {
        ulong number = ReadNumber(ref from);
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> into, ulong number)
    {
        var place = into.GetSpan(10);
        int length = 0;
        for (; number >= 0x80; number >>= 7)
        {
            place[length++] = (byte)(number | 0x80);
        }

        place[length++] = (byte)number;
        into.Advance(length);
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> from)
    {
        ulong number = 0;
        for (int position = 0; position < from.Length && position < 10; position++)
        {
            number |= (ulong)(from[position] & 0x7f) << (7 * position);
            if (from[position] < 0x80)
            {
                from = from[(position + 1)..];
                return number;
            }
        }

        throw new InvalidDataException("This piece of a series ends in the middle of a number.");
    }
}
