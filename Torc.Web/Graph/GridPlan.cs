namespace Torc.Web.Graph;

/// <summary>Where the cells of a grid stand.</summary>
/// <param name="Cells">Positions of jobs, row by row; <see cref="Empty"/> where there is none.</param>
/// <param name="Columns">What stands above each column; empty if rows are as long as the page is wide.</param>
/// <param name="Rows">What stands before each row, empty where it is as in the row above; none if there are no columns.</param>
/// <param name="Note">Why it is not what was asked for; null if it is.</param>
public sealed record GridPlan(int[] Cells, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, string? Note = null)
{
    public const int Empty = -1;

    /// <summary>Cells one after the other.</summary>
    public static GridPlan Row(int[] cells, string? note = null) => new(cells, [], [], note);
}
