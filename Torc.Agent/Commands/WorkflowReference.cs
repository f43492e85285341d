using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary>How commands name a workflow: by its number, as <c>last</c>, or by its name.</summary>
internal static class WorkflowReference
{
    public static Argument<string> Argument() => new("ID") { Description = "The workflow: its number, its name (the newest that has it), or last." };

    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<WorkflowId> FindAsync(TorcClient client, string reference, CancellationToken cancel)
    {
        if (long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return new WorkflowId(number);
        }

        // The newest comes first.
        var workflows = await client.WorkflowsAsync(cancel);
        var found = workflows.FirstOrDefault(workflow => reference == "last" || workflow.Name == reference);
        return found?.Id ?? throw new CommandException(ExitCode.NotFound, reference == "last" ? "There is no workflow yet." : $"There is no workflow named \"{reference}\".");
    }
}
