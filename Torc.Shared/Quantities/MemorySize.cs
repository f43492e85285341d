using System.Globalization;

namespace Torc.Shared.Quantities;

/// <summary>An amount of memory in bytes. People write it as <c>512m</c> or <c>4g</c> and read it as <c>311 MiB</c>; always powers of 1024.</summary>
public readonly record struct MemorySize(long Bytes) : IComparable<MemorySize>
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static MemorySize Mebibytes(long count) => new(count << 20);

    public static MemorySize Gibibytes(long count) => new(count << 30);

    /// <summary>Prints three significant digits, such as <c>311 MiB</c> or <c>1.46 GiB</c>.</summary>
    public override string ToString()
    {
        double amount = Bytes;
        int unit = 0;
        while (Math.Abs(amount) >= 999.5 && unit < Units.Length - 1)
        {
            amount /= 1024;
            unit++;
        }

        int digits = Math.Abs(amount) switch
        {
            _ when unit == 0 => 0,
            < 9.995 => 2,
            < 99.95 => 1,
            _ => 0,
        };
        string number = Math.Round(amount, digits).ToString(CultureInfo.InvariantCulture);
        return $"{number} {Units[unit]}";
    }

    public int CompareTo(MemorySize other) => Bytes.CompareTo(other.Bytes);

    public static MemorySize operator +(MemorySize left, MemorySize right) => new(left.Bytes + right.Bytes);

    public static MemorySize operator -(MemorySize left, MemorySize right) => new(left.Bytes - right.Bytes);

    public static bool operator <(MemorySize left, MemorySize right) => left.Bytes < right.Bytes;

    public static bool operator >(MemorySize left, MemorySize right) => left.Bytes > right.Bytes;

    public static bool operator <=(MemorySize left, MemorySize right) => left.Bytes <= right.Bytes;

    public static bool operator >=(MemorySize left, MemorySize right) => left.Bytes >= right.Bytes;
}
