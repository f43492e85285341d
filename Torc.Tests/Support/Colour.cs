using System.Globalization;

namespace Torc.Tests.Support;

/// <summary>A colour of a style sheet, in linear sRGB: what eyes see of it and how far apart two of them are.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <param name="text">Such as <c>#93C2E5</c>.</param>
    public static Colour Parse(string text)
    {
        return new Colour(Part(1), Part(3), Part(5));

        double Part(int at)
        {
            double part = int.Parse(text.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
    }

    /// <summary>Contrast of two colours as WCAG 2.2 counts it, from 1 to 21.</summary>
    public double ContrastTo(Colour other)
    {
        double one = Luminance;
        double two = other.Luminance;
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    public Colour SeenWith(ColourVision vision)
    {
        double[] seen = vision.Mix([Red, Green, Blue]);
        return new Colour(Math.Clamp(seen[0], 0, 1), Math.Clamp(seen[1], 0, 1), Math.Clamp(seen[2], 0, 1));
    }

    /// <summary>In CIELAB under daylight (D65).</summary>
    public LabColour ToLab()
    {
        double x = Bend(((0.4124564 * Red) + (0.3575761 * Green) + (0.1804375 * Blue)) / 0.95047);
        double y = Bend((0.2126729 * Red) + (0.7151522 * Green) + (0.0721750 * Blue));
        double z = Bend(((0.0193339 * Red) + (0.1191920 * Green) + (0.9503041 * Blue)) / 1.08883);
        return new LabColour((116 * y) - 16, 500 * (x - y), 200 * (y - z));

        static double Bend(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
    }

    private double Luminance => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);
}
