using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Workflows.Selection;

namespace Torc.Agent.Commands;

/// <summary>The option by which commands get some of the jobs of a workflow.</summary>
internal static class SelectOption
{
    /// <param name="what">What is done with the jobs, as a sentence that ends with a dot.</param>
    public static Option<string[]> Create(string what)
    {
        var select = new Option<string[]>("--select") { Description = $"{what} Such as work2, work*, status:failed+ or '+work2 -node:n1'; may be given several times.", HelpName = "EXPR" };

        // A mistake is told before anything is asked of a server.
        select.Validators.Add(result =>
        {
            foreach (string text in result.GetValueOrDefault<string[]?>() ?? [])
            {
                if (SelectionText.TryParse(text, out var problem) is null)
                {
                    result.AddError($"--select {Shown.Words(text)}: {problem} Such as: work*, +work2, status:failed+, node:n2 -work1.");
                }
            }
        });
        return select;
    }

    /// <returns>Null if none was given.</returns>
    public static string? Read(string[]? texts) => texts is { Length: > 0 } ? string.Join(" or ", texts) : null;
}
