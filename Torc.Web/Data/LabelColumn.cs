namespace Torc.Web.Data;

/// <summary>The labels of a node in one column, a line each: no label has a line break in it.</summary>
internal static class LabelColumn
{
    public static string? Write(IReadOnlyList<string>? labels) => labels is { Count: > 0 } ? string.Join('\n', labels) : null;

    public static IReadOnlyList<string>? Read(string? column) => column?.Split('\n');
}
