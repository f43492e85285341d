namespace Torc.Tests.Support;

/// <summary>A colour in CIELAB.</summary>
internal readonly record struct LabColour(double L, double A, double B)
{
    /// <summary>ΔE of CIEDE2000 with all weights 1: about 1 can just be told side by side, from 10 on nobody takes one for the other.</summary>
    public double DifferenceTo(LabColour other)
    {
        // Greys are stretched apart first: a' of the standard.
        double stretch = 1 + (0.5 * (1 - Saturated((Math.Sqrt((A * A) + (B * B)) + Math.Sqrt((other.A * other.A) + (other.B * other.B))) / 2)));
        var (chroma1, hue1) = Polar(A * stretch, B);
        var (chroma2, hue2) = Polar(other.A * stretch, other.B);
        bool isGrey = chroma1 * chroma2 == 0;
        double chroma = (chroma1 + chroma2) / 2;
        double light = (L + other.L) / 2;
        double turn = isGrey ? 0 : Math.IEEERemainder(hue2 - hue1, 360);
        // Halfway on the shorter arc between the two.
        double hue = isGrey ? hue1 + hue2 : (hue1 + (turn / 2) + 360) % 360;

        double byLight = (other.L - L) / (1 + (0.015 * Square(light - 50) / Math.Sqrt(20 + Square(light - 50))));
        double byChroma = (chroma2 - chroma1) / (1 + (0.045 * chroma));
        double tone = 1 - (0.17 * Cos(hue - 30)) + (0.24 * Cos(2 * hue)) + (0.32 * Cos((3 * hue) + 6)) - (0.20 * Cos((4 * hue) - 63));
        double byHue = 2 * Math.Sqrt(chroma1 * chroma2) * Math.Sin(Radians(turn / 2)) / (1 + (0.015 * chroma * tone));
        double blueTurn = -Math.Sin(Radians(60 * Math.Exp(-Square((hue - 275) / 25)))) * 2 * Saturated(chroma);
        return Math.Sqrt(Square(byLight) + Square(byChroma) + Square(byHue) + (blueTurn * byChroma * byHue));
    }

    private static (double Chroma, double Hue) Polar(double a, double b) => (Math.Sqrt((a * a) + (b * b)), ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360);

    private static double Saturated(double chroma) => Math.Sqrt(Math.Pow(chroma, 7) / (Math.Pow(chroma, 7) + Math.Pow(25, 7)));

    private static double Square(double x) => x * x;

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Cos(double degrees) => Math.Cos(Radians(degrees));
}
