namespace Torc.Shared.Graphs.Layout;

/// <summary>Where a node was placed; X and Y are its top left corner, and Y grows downwards.</summary>
public readonly record struct LayoutBox(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterY => Y + (Height / 2);
}
