using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Documents;

namespace Torc.Agent.Commands;

/// <summary><c>torc check</c>: says what a spec would make, and everything that is wrong with it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = LocalSpec.FileArgument("The spec to look at; - reads standard input.");
        var json = CommandRun.JsonOption();
        var files = new Option<bool>("--files") { Description = "Takes an input file that is not there for an error; otherwise it is a warning." };
        var command = new Command("check", "Reads a spec and says what it would make and what is wrong with it. Nothing is stored or started.") { file, json, files };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            try
            {
                var spec = await LocalSpec.ReadAsync(parsed.GetRequiredValue(file), cancel);
                var reading = spec.Read();
                reading.CheckPaths(spec.Directory, parsed.GetValue(files) ? Severity.Error : Severity.Warning, LocalSpec.Look);
                var summary = SpecSummary.Of(reading);
                Console.Write(parsed.GetValue(json) ? Json(summary) : Describe(summary, spec));
                return summary.Problems.Any(problem => problem.Severity == Severity.Error) ? ExitCode.Invalid : ExitCode.Ok;
            }
            catch (UnreadableSpecException unread) when (parsed.GetValue(json))
            {
                // Whoever asked for a document gets one, whatever became of the spec.
                Console.Write(Json(SpecSummary.Of(unread.Diagnostic)));
                return unread.ExitCode;
            }
        });
        return command;
    }

    private static string Json(SpecSummary summary) => JsonSerializer.Serialize(summary, TorcJson.Default.SpecSummary) + "\n";

    private static string Describe(SpecSummary summary, LocalSpec spec)
    {
        string counts = summary.Jobs is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"""
                workflow   {summary.Name}
                jobs       {summary.Jobs:N0}
                files      {summary.Files:N0}
                user data  {summary.UserData:N0}
                edges      {summary.Edges.Explicit + summary.Edges.Implicit:N0} ({summary.Edges.Explicit:N0} explicit, {summary.Edges.Implicit:N0} from files and user data)
                depth      {summary.Depth:N0}
                roots      {summary.Roots:N0}

                """);
        string problems = spec.Render(summary.Problems);
        return counts + (problems.Length == 0 ? "problems   0\n" : $"{(counts.Length == 0 ? "" : "\n")}{problems}\n{Count(summary.Problems)}\n");
    }

    private static string Count(IReadOnlyList<Diagnostic> problems)
    {
        var counts = problems.Where(problem => problem.Code != DiagnosticCodes.More).CountBy(problem => problem.Severity).OrderBy(count => count.Key);
        return string.Join(", ", counts.Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}{(count.Value == 1 ? "" : "s")}"));
    }
}
