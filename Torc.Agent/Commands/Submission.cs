using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary>The way of a spec from this machine to the server.</summary>
internal static class Submission
{
    /// <summary>Creates a workflow, and says what its spec was warned of, which only the server knows in full: it knows the nodes.</summary>
    /// <exception cref="SpecRefusedException">It has errors; nothing was stored.</exception>
    public static async Task<WorkflowView> SendAsync(TorcClient client, LocalSpec spec, bool start, CancellationToken cancel)
    {
        try
        {
            var created = await client.SubmitAsync(spec.Bytes, spec.FileName, spec.Directory, start, cancel);
            if (created.Warnings is { } warnings)
            {
                await Console.Error.WriteLineAsync(spec.Render(warnings));
            }

            return created;
        }
        catch (SpecRefusedException refused)
        {
            throw new SpecRefusedException(refused.Problems, spec.Render(refused.Problems));
        }
    }

    /// <summary>Says what was made, in the manner that was asked for.</summary>
    public static void Say(TorcClient client, WorkflowView workflow, bool isQuiet, bool asJson, string whatNow)
    {
        if (isQuiet)
        {
            Console.WriteLine(workflow.Id);
        }
        else if (asJson)
        {
            CommandRun.WriteJson(workflow, TorcJson.Default.WorkflowView);
        }
        else
        {
            Console.WriteLine($"{workflow.Name}, number {workflow.Id}, {workflow.Counts.Values.Sum()} jobs: {new Uri(client.Url, $"workflows/{workflow.Id}")}\n{whatNow}");
        }
    }
}
