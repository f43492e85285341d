using System.Globalization;
using System.Text;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Reads whole specs, and shows what came of them as text.</summary>
internal static class Reading
{
    public static SpecReading OfYaml(string text) => SpecReader.Read(Encoding.UTF8.GetBytes(text), "a.yaml");

    public static SpecReading OfJson(string text) => SpecReader.Read(Encoding.UTF8.GetBytes(text), "a.json");

    /// <summary>The workflow of a spec that has no errors.</summary>
    public static WorkflowDefinition Definition(string yaml)
    {
        var reading = OfYaml(yaml);
        Assert.DoesNotContain(reading.Problems, problem => problem.Severity == Severity.Error);
        return reading.Definition!;
    }

    /// <summary>Names and commands, in order: <c>w_1: run 1</c>.</summary>
    public static IEnumerable<string> Jobs(string yaml) => Definition(yaml).Jobs.Select(job => $"{job.Name}: {job.Command}");

    /// <summary>Code and place: <c>TORC101 3:5</c>.</summary>
    public static string Place(Diagnostic problem) => string.Create(CultureInfo.InvariantCulture, $"{problem.Code} {problem.Line}:{problem.Column}");

    public static IEnumerable<string> Places(SpecReading reading) => reading.Problems.Select(Place);

    public static IEnumerable<string> Errors(SpecReading reading) =>
        reading.Problems.Where(problem => problem.Severity == Severity.Error && problem.Code is not DiagnosticCodes.More).Select(Place);

    public static IEnumerable<string> Names(WorkflowDefinition workflow, IEnumerable<int> jobs) => jobs.Select(job => workflow.Jobs[job].Name);
}
