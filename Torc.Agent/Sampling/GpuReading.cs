using System.Globalization;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>What one GPU does, as its driver says.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Id">Such as <c>GPU-8f6d2c3e-…</c>.</param>
/// <param name="Percent">Of the last second, in how much of it something was computed; null if the driver does not say, as is the next.</param>
/// <param name="Memory">In use, by whoever uses it.</param>
internal sealed record GpuReading(int Index, string Id, double? Percent, MemorySize? Memory)
{
    /// <summary>What <c>nvidia-smi</c> is asked for, in the order in which <see cref="Parse"/> reads it.</summary>
    public const string Query = "index,uuid,utilization.gpu,memory.used";

    /// <summary>Reads <c>0, GPU-8f6d2c3e-…, 37, 1024</c>, or <c>[N/A]</c> for what is not known; of memory MiB.</summary>
    /// <returns>Null if it is no reading.</returns>
    public static GpuReading? Parse(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [var index, { Length: > 0 } id, var percent, var memory] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new GpuReading(number, id, Number(percent), Number(memory) is { } mebibytes ? MemorySize.Mebibytes((long)mebibytes) : null)
            : null;

    /// <summary>Whether programs find it under this name: its number, its id, or the beginning of that.</summary>
    public bool IsCalled(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number == Index : Id.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;
}
