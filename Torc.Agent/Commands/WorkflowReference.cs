using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary>How people name workflows: <c>12</c>, <c>3-8</c>, <c>2,5</c>, <c>last</c>, or by name.</summary>
internal abstract record WorkflowReference
{
    private WorkflowReference()
    {
    }

    public sealed record Number(long Value) : WorkflowReference;

    /// <summary>Those that there are between two numbers, both included.</summary>
    public sealed record Span(long First, long Last) : WorkflowReference;

    public sealed record Newest : WorkflowReference;

    /// <summary>The newest that has the name.</summary>
    public sealed record Named(string Name) : WorkflowReference;

    /// <param name="text">One or several, with commas between them.</param>
    /// <exception cref="CommandException">A part is empty.</exception>
    public static IReadOnlyList<WorkflowReference> Parse(string text) => [.. text.Split(',').Select(part => ParseOne(part.Trim(), text))];

    /// <param name="workflows">All that there are, the newest first; those that are archived behind the others.</param>
    /// <exception cref="CommandException">There is none such.</exception>
    public IReadOnlyList<WorkflowView> Find(IReadOnlyList<WorkflowView> workflows)
    {
        WorkflowView[] found = this switch
        {
            Number { Value: var number } => [.. workflows.Where(workflow => workflow.Id.Value == number)],
            Span span => [.. workflows.Where(workflow => workflow.Id.Value >= span.First && workflow.Id.Value <= span.Last).OrderBy(workflow => workflow.Id.Value)],
            Newest => [.. workflows.Take(1)],
            Named { Name: var name } => [.. workflows.Where(workflow => workflow.Name == name).Take(1)],
            _ => [],
        };
        return found.Length > 0 ? found : throw new CommandException(ExitCode.NotFound, this switch
        {
            Number { Value: var number } => $"There is no workflow {number}. To see which there are: torc ls",
            Span span => $"There is no workflow from {span.First} to {span.Last}. To see which there are: torc ls",
            Named { Name: var name } => $"There is no workflow named \"{Shown.Words(name)}\". To see which there are: torc ls",
            _ => "There is no workflow yet. To make one: torc run SPEC",
        });
    }

    private static WorkflowReference ParseOne(string part, string text)
    {
        if (part.Length == 0)
        {
            throw new CommandException(ExitCode.Usage, $"\"{Shown.Words(text)}\" names no workflow. Write a number, several as 2,5 or 3-8, a name, or last.");
        }

        if (TryNumber(part) is { } number)
        {
            return new Number(number);
        }

        int dash = part.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && TryNumber(part.AsSpan(0, dash)) is { } first && TryNumber(part.AsSpan(dash + 1)) is { } last && first <= last
            ? new Span(first, last)
            : part == "last" ? new Newest() : new Named(part);
    }

    private static long? TryNumber(ReadOnlySpan<char> digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
