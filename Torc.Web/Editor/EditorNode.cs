using Torc.Shared.Graphs.Layout;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>A thing on the canvas.</summary>
/// <param name="Label">Its name, shortened to what fits.</param>
/// <param name="Detail">Of a job its command, of others their path, shortened; null if there is none.</param>
/// <param name="Class">Of a job its class of requirements; null if it names none.</param>
/// <param name="Colour">Of that class, from 0 to 5.</param>
/// <param name="Worst">How bad the worst of its problems is; null if it has none.</param>
/// <param name="Problems">What its problems are, for people; empty if it has none.</param>
/// <param name="Found">Of a file that no job produces, whether it is there; null for others, and while nobody has looked.</param>
/// <param name="MustExist">Whether no job produces it.</param>
public sealed record EditorNode(
    SpecThing Thing, LayoutBox Box, string Label, string? Detail, int Copies, string? Class, int Colour, Severity? Worst, string Problems, bool MustExist, bool? Found)
{
    public string Key => Thing.Key;
}
