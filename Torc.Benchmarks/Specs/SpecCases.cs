using System.Globalization;

namespace Torc.Benchmarks.Specs;

/// <summary>The rows of the table of specs.</summary>
internal static class SpecCases
{
    private const int Many = 100_000;
    private const int Deep = 1_000_000;

    // What the limit of 2,000,000 values in a document allows: a job of a chain has five.
    private const int LongestChain = 399_000;

    public static IEnumerable<SpecCase> All() => [.. Expansion(), .. Notations(), .. Nesting(), .. Growth(), .. Writers()];

    private static IEnumerable<SpecCase> Expansion()
    {
        var goal = new SpecGoal(2_000, 500);
        yield return new SpecCase("100,000 jobs of one entry, two files each", "wide.yaml", text => SpecTexts.ParameterisedWithFiles(text, Many), goal);
        yield return new SpecCase("100,000 jobs of one entry, no files", "wide.yaml", text => SpecTexts.Parameterised(text, Many), goal);
    }

    private static IEnumerable<SpecCase> Notations()
    {
        var goal = new SpecGoal(3_000);
        yield return new SpecCase("100,000 jobs in YAML", "jobs.yaml", text => SpecTexts.Yaml(text, Many), goal);
        yield return new SpecCase("100,000 jobs in JSON", "jobs.json", text => SpecTexts.Json(text, Many), goal);
        yield return new SpecCase("100,000 jobs in JSON5", "jobs.json5", text => SpecTexts.Json5(text, Many), goal);
        yield return new SpecCase("100,000 jobs in KDL", "jobs.kdl", text => SpecTexts.Kdl(text, Many), goal);
    }

    private static IEnumerable<SpecCase> Nesting()
    {
        var goal = new SpecGoal(100);
        yield return new SpecCase("nested 1,000,000 deep: JSON", "deep.json", text => SpecTexts.Repeated(text, "{\"name\": \"deep\", \"jobs\": ", "[", Deep), goal);
        yield return new SpecCase("nested 1,000,000 deep: JSON5", "deep.json5", text => SpecTexts.Repeated(text, "{name: 'deep', jobs: ", "[", Deep), goal);
        yield return new SpecCase("nested 1,000,000 deep: YAML, brackets", "deep.yaml", text => SpecTexts.Repeated(text, "name: deep\njobs: ", "[", Deep), goal);
        yield return new SpecCase("nested 1,000,000 deep: YAML, dashes", "deep.yaml", text => SpecTexts.Repeated(text, "name: deep\njobs:\n", "- ", Deep), goal);
        yield return new SpecCase("nested 1,000,000 deep: KDL", "deep.kdl", text => SpecTexts.Repeated(text, "name \"deep\"\n", "a {", Deep), goal);
    }

    private static IEnumerable<SpecCase> Growth()
    {
        int[] sizes = [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
        foreach (int jobs in sizes)
        {
            yield return new SpecCase($"{Number(jobs)} jobs of one entry", "wide.yaml", text => SpecTexts.Parameterised(text, jobs));
        }

        foreach (int jobs in sizes)
        {
            yield return new SpecCase($"chain of {Number(jobs)} jobs of one entry", "chain.yaml", text => SpecTexts.ParameterisedChain(text, jobs));
        }

        foreach (int jobs in sizes.Where(size => size < LongestChain).Append(LongestChain))
        {
            yield return new SpecCase($"chain of {Number(jobs)} jobs in JSON", "chain.json", text => SpecTexts.Chain(text, jobs, isLoop: false));
        }

        yield return new SpecCase("100,000 jobs in one loop", "loop.json", text => SpecTexts.Chain(text, Many, isLoop: true));
        yield return new SpecCase("one job after 100,000, by a pattern", "fan.yaml", text => SpecTexts.FanIn(text, Many));
        yield return new SpecCase("1,000 jobs after 1,000, each after all", "layers.yaml", text => SpecTexts.TwoLayers(text, 1_000));
    }

    private static IEnumerable<SpecCase> Writers()
    {
        yield return new SpecCase("100,000 jobs written as JSON", "jobs.json", text => SpecTexts.Json(text, Many), Goal: null, SpecWork.WriteJson);
        yield return new SpecCase("100,000 jobs written as YAML", "jobs.json", text => SpecTexts.Json(text, Many), Goal: null, SpecWork.WriteYaml);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
