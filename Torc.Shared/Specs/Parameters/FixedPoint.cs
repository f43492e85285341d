using System.Globalization;
using System.Numerics;

namespace Torc.Shared.Specs.Parameters;

/// <summary>
/// Prints a number with a fixed count of decimals as Rust and Python do: the exact value of the double is rounded, half to even.
/// So 0.35, which is a little less than it says, gives 0.3, and 0.125, which is exact, gives 0.12. The runtime rounds half up.
/// </summary>
internal static class FixedPoint
{
    private const int FractionBits = 52;
    private const int ExponentBias = 1075;

    public static string Print(double value, int decimals)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> FractionBits) & 0x7FF);
        BigInteger fraction = bits & ((1L << FractionBits) - 1);
        fraction += exponent == 0 ? 0 : BigInteger.One << FractionBits;
        int power = Math.Max(exponent, 1) - ExponentBias;
        var scaled = fraction * BigInteger.Pow(10, decimals);
        string digits = (power >= 0 ? scaled << power : HalfToEven(scaled, BigInteger.One << -power)).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string sign = double.IsNegative(value) ? "-" : "";
        return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    private static BigInteger HalfToEven(BigInteger number, BigInteger divisor)
    {
        var whole = BigInteger.DivRem(number, divisor, out var rest);
        int half = (rest * 2).CompareTo(divisor);
        return half > 0 || (half == 0 && !whole.IsEven) ? whole + 1 : whole;
    }
}
