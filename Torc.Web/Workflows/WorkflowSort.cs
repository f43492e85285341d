using System.Text.Json;

namespace Torc.Web.Workflows;

/// <summary>The order of a list of workflows. Those that have no value come last; of equal ones the newest is first.</summary>
public readonly record struct WorkflowSort(WorkflowColumn Column, bool IsDescending)
{
    public static WorkflowSort NewestFirst { get; } = new(WorkflowColumn.Id, IsDescending: true);

    /// <param name="text">As it stands in an address, such as <c>name</c> or <c>-started_at</c>.</param>
    /// <returns>Null if it is no order.</returns>
    public static WorkflowSort? TryParse(string? text)
    {
        foreach (var column in Enum.GetValues<WorkflowColumn>())
        {
            if (text?.TrimStart('-') == NameOf(column))
            {
                return new WorkflowSort(column, text.StartsWith('-'));
            }
        }

        return null;
    }

    /// <summary>The order that a click on the heading of a column asks for.</summary>
    public WorkflowSort Toward(WorkflowColumn column) =>
        new(column, column == Column ? !IsDescending : column is WorkflowColumn.Id or WorkflowColumn.Run or WorkflowColumn.StartedAt or WorkflowColumn.Duration);

    public override string ToString() => $"{(IsDescending ? "-" : "")}{NameOf(Column)}";

    private static string NameOf(WorkflowColumn column) => JsonNamingPolicy.SnakeCaseLower.ConvertName(column.ToString());
}
