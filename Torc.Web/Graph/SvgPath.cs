using System.Globalization;
using System.Text;
using Torc.Shared.Graphs.Layout;

namespace Torc.Web.Graph;

/// <summary>Writes shapes as SVG path data.</summary>
public static class SvgPath
{
    private const double Corner = 10;

    /// <summary>A line that leaves and arrives level: curved between columns, straight past them.</summary>
    /// <param name="isDownward">Whether the two directions are exchanged: then it leaves and arrives upright.</param>
    public static string Edge(IReadOnlyList<LayoutPoint> route, bool isDownward = false)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{Point(route[0].X, route[0].Y)}");
        for (int index = 1; index < route.Count; index++)
        {
            var (from, to) = (route[index - 1], route[index]);
            double middle = (from.X + to.X) / 2;
            bool level = Math.Abs(from.Y - to.Y) < 0.5;
            path.Append(level ? 'L' : 'C');
            if (!level)
            {
                path.Append(CultureInfo.InvariantCulture, $"{Point(middle, from.Y)} {Point(middle, to.Y)} ");
            }

            path.Append(Point(to.X, to.Y));
        }

        return path.ToString();

        string Point(double x, double y) => isDownward ? string.Create(CultureInfo.InvariantCulture, $"{y:0.#} {x:0.#}") : string.Create(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}");
    }

    /// <summary>A box around 0,0 to width, height with its corners cut off.</summary>
    public static string CutBox(double width, double height) => string.Create(
        CultureInfo.InvariantCulture,
        $"M{Corner} 0H{width - Corner:0.#}L{width:0.#} {Corner}V{height - Corner:0.#}L{width - Corner:0.#} {height:0.#}H{Corner}L0 {height - Corner:0.#}V{Corner}z");

    /// <summary>The same with round corners.</summary>
    public static string RoundBox(double width, double height) => string.Create(
        CultureInfo.InvariantCulture,
        $"M{Corner} 0H{width - Corner:0.#}a{Corner} {Corner} 0 0 1 {Corner} {Corner}V{height - Corner:0.#}a{Corner} {Corner} 0 0 1 -{Corner} {Corner}H{Corner}a{Corner} {Corner} 0 0 1 -{Corner} -{Corner}V{Corner}a{Corner} {Corner} 0 0 1 {Corner} -{Corner}z");

    /// <summary>A sheet of paper with one corner folded.</summary>
    public static string Sheet(double width, double height) => string.Create(
        CultureInfo.InvariantCulture,
        $"M2 0H{width - Corner:0.#}L{width:0.#} {Corner}V{height - 2:0.#}a2 2 0 0 1 -2 2H2a2 2 0 0 1 -2 -2V2a2 2 0 0 1 2 -2z");

    /// <summary>An oval that fills a box.</summary>
    public static string Oval(double width, double height) => string.Create(
        CultureInfo.InvariantCulture,
        $"M0 {height / 2:0.#}a{width / 2:0.#} {height / 2:0.#} 0 1 1 {width:0.#} 0a{width / 2:0.#} {height / 2:0.#} 0 1 1 -{width:0.#} 0z");

    /// <summary>The fold of that corner.</summary>
    public static string Fold(double width) => string.Create(CultureInfo.InvariantCulture, $"M{width - Corner:0.#} 0V{Corner}H{width:0.#}");
}
