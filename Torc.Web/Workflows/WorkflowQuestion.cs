using System.Text;
using Torc.Shared.Workflows;

namespace Torc.Web.Workflows;

/// <summary>What a list of workflows shows: all that its address says.</summary>
/// <param name="Page">From 1.</param>
public sealed record WorkflowQuestion(WorkflowFilter Filter, WorkflowSort Sort, int Page = 1)
{
    /// <summary>Reads the parts of an address. What means nothing is left out, since somebody may have typed it.</summary>
    public static WorkflowQuestion Read(string? text, IReadOnlyList<string>? statuses, string? project, string? user, string? sort, int? page, bool archived = false) => new(
        new WorkflowFilter(
            Given(text),
            [.. (statuses ?? []).Select(WorkflowStatusWords.TryParse).OfType<WorkflowStatus>().Distinct().Order()],
            Given(project),
            Given(user),
            archived),
        WorkflowSort.TryParse(sort) ?? WorkflowSort.NewestFirst,
        Math.Max(1, page ?? 1));

    /// <summary>Relative to the base of the site; equal questions have equal addresses.</summary>
    public string Address
    {
        get
        {
            var address = new StringBuilder("workflows");
            Add("q", Filter.Text);
            foreach (var status in Filter.Statuses ?? [])
            {
                Add("status", WorkflowStatusWords.Of(status));
            }

            Add("project", Filter.Project);
            Add("user", Filter.User);
            Add("archived", Filter.Archived ? "true" : null);
            Add("sort", Sort == WorkflowSort.NewestFirst ? null : Sort.ToString());
            Add("page", Page == 1 ? null : FormattableString.Invariant($"{Page}"));
            return address.ToString();

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    address.Append(address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
                }
            }
        }
    }

    /// <summary>The same with another filter, from its first page on.</summary>
    public WorkflowQuestion With(WorkflowFilter filter) => new(filter, Sort);

    /// <summary>The same with one status more, or without it.</summary>
    public WorkflowQuestion Toggled(WorkflowStatus status)
    {
        var statuses = Filter.Statuses ?? [];
        return With(Filter with { Statuses = statuses.Contains(status) ? [.. statuses.Where(other => other != status)] : [.. statuses.Append(status).Order()] });
    }

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
