using System.Text;

namespace Torc.Benchmarks.Specs;

/// <summary>Writes large specs.</summary>
internal static class SpecTexts
{
    /// <summary>Jobs that parameters make of one entry.</summary>
    public static void Parameterised(StringBuilder text, int jobs)
    {
        text.AppendLine("name: parameterised");
        text.AppendLine("jobs:");
        text.AppendLine("  - name: job_{i:06d}");
        text.AppendLine("    command: ./simulate --case {i}");
        text.AppendLine(Line($"    parameters: {{i: 1:{jobs}}}"));
    }

    /// <summary>The same with an input and an output file for each job.</summary>
    public static void ParameterisedWithFiles(StringBuilder text, int jobs)
    {
        Parameterised(text, jobs);
        text.AppendLine("    input_files: ['in_{i:06d}']");
        text.AppendLine("    output_files: ['out_{i:06d}']");
        text.AppendLine("files:");
        text.AppendLine(Line($"  - {{name: 'in_{{i:06d}}', path: 'data/in_{{i:06d}}.csv', parameters: {{i: '1:{jobs}'}}}}"));
        text.AppendLine(Line($"  - {{name: 'out_{{i:06d}}', path: 'data/out_{{i:06d}}.csv', parameters: {{i: '1:{jobs}'}}}}"));
    }

    /// <summary>Jobs that parameters make of two entries, each job waiting for the one before.</summary>
    public static void ParameterisedChain(StringBuilder text, int jobs)
    {
        text.AppendLine("name: chain");
        text.AppendLine("jobs:");
        text.AppendLine("  - {name: job_1, command: ./simulate --case 1}");
        text.AppendLine("  - name: job_{i}");
        text.AppendLine("    command: ./simulate --case {i}");
        text.AppendLine("    depends_on: ['job_{before}']");
        text.AppendLine(Line($"    parameters: {{i: '2:{jobs}', before: '1:{jobs - 1}'}}"));
        text.AppendLine("    parameter_mode: zip");
    }

    /// <summary>One job that waits for all others.</summary>
    public static void FanIn(StringBuilder text, int jobs)
    {
        Parameterised(text, jobs);
        text.AppendLine("  - {name: last, command: ./collect, depends_on_regexes: ['^job_']}");
    }

    /// <summary>Two layers, where each job of the second waits for all of the first.</summary>
    public static void TwoLayers(StringBuilder text, int width)
    {
        text.AppendLine("name: layers");
        text.AppendLine("jobs:");
        text.AppendLine(Line($"  - {{name: 'left_{{i}}', command: './simulate {{i}}', parameters: {{i: '1:{width}'}}}}"));
        text.AppendLine(Line($"  - {{name: 'right_{{i}}', command: './collect {{i}}', parameters: {{i: '1:{width}'}}, depends_on_regexes: ['^left_']}}"));
    }

    public static void Yaml(StringBuilder text, int jobs)
    {
        text.AppendLine("name: explicit");
        text.AppendLine("jobs:");
        for (int job = 1; job <= jobs; job++)
        {
            text.AppendLine(Line($"  - name: job_{job:d6}"));
            text.AppendLine(Line($"    command: ./simulate --case {job:d6}"));
        }
    }

    /// <summary>The same in JSON, which is JSON5 too.</summary>
    public static void Json(StringBuilder text, int jobs)
    {
        text.AppendLine("{\"name\": \"explicit\", \"jobs\": [");
        for (int job = 1; job <= jobs; job++)
        {
            text.AppendLine(Line($$"""  {"name": "job_{{job:d6}}", "command": "./simulate --case {{job:d6}}"}{{(job < jobs ? "," : "")}}"""));
        }

        text.AppendLine("]}");
    }

    /// <summary>The same with what only JSON5 has.</summary>
    public static void Json5(StringBuilder text, int jobs)
    {
        text.AppendLine("// explicit\n{name: 'explicit', jobs: [");
        for (int job = 1; job <= jobs; job++)
        {
            text.AppendLine(Line($$"""  {name: 'job_{{job:d6}}', command: './simulate --case {{job:d6}}',},"""));
        }

        text.AppendLine("]}");
    }

    public static void Kdl(StringBuilder text, int jobs)
    {
        text.AppendLine("name \"explicit\"");
        for (int job = 1; job <= jobs; job++)
        {
            text.AppendLine(Line($$"""job "job_{{job:d6}}" { command "./simulate --case {{job:d6}}" }"""));
        }
    }

    /// <summary>Jobs that are written one by one, each waiting for the one before.</summary>
    /// <param name="isLoop">Whether the first waits for the last.</param>
    public static void Chain(StringBuilder text, int jobs, bool isLoop)
    {
        text.AppendLine("{\"name\": \"chain\", \"jobs\": [");
        for (int job = 1; job <= jobs; job++)
        {
            string before = job > 1 ? Line($"\"job_{job - 1:d6}\"") : isLoop ? Line($"\"job_{jobs:d6}\"") : "";
            text.AppendLine(Line($$"""  {"name": "job_{{job:d6}}", "command": "true", "depends_on": [{{before}}]}{{(job < jobs ? "," : "")}}"""));
        }

        text.AppendLine("]}");
    }

    public static void Repeated(StringBuilder text, string before, string piece, int times)
    {
        text.Append(before);
        for (int time = 0; time < times; time++)
        {
            text.Append(piece);
        }
    }

    private static string Line(FormattableString line) => FormattableString.Invariant(line);
}
