using System.Globalization;
using Torc.Shared.Graphs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Shows a person how jobs wait for each other: the way through jobs, files, datasets and user data.</summary>
internal sealed class LoopReport(
    SpecProblems problems,
    DeclaredThings<JobDraft> jobs,
    DeclaredThings<FileDefinition> files,
    DeclaredThings<DatasetDefinition> datasets,
    DeclaredThings<UserDataDefinition> userData)
{
    private const int MaxLoops = 5;
    private const int MaxShown = 20;

    // Looking for one more loop costs a look at all edges.
    private const int FewEdges = 200_000;

    /// <summary>Reports a shortest loop, and then others that share no job with it.</summary>
    public void Write()
    {
        var edges = Edges().ToList();
        int nodes = jobs.Count + files.Count + datasets.Count + userData.Count;
        for (int loops = 0; loops < MaxLoops; loops++)
        {
            var loop = Cycles.FindShortest(nodes, edges);
            if (loop.Count == 0)
            {
                return;
            }

            Write(loop);
            if (edges.Count > FewEdges)
            {
                return;
            }

            var told = loop.Where(IsJob).ToHashSet();
            edges.RemoveAll(edge => told.Contains(edge.From) || told.Contains(edge.To));
        }
    }

    // Jobs come first, so that a loop, which begins with its smallest number, begins with a job.
    private IEnumerable<(int From, int To)> Edges()
    {
        for (int position = 0; position < jobs.Count; position++)
        {
            var job = jobs[position];
            foreach (int blocker in job.DependsOn.Positions)
            {
                yield return (blocker, position);
            }

            foreach (int thing in job.InputFiles.Positions.Select(NodeOfFile).Concat(job.InputDatasets.Positions.Select(NodeOfDataset)).Concat(job.InputData.Positions.Select(NodeOfData)))
            {
                yield return (thing, position);
            }

            foreach (int thing in job.OutputFiles.Positions.Select(NodeOfFile).Concat(job.OutputDatasets.Positions.Select(NodeOfDataset)).Concat(job.OutputData.Positions.Select(NodeOfData)))
            {
                yield return (position, thing);
            }
        }
    }

    private void Write(IReadOnlyList<int> loop)
    {
        var steps = loop.Append(loop[0]).ToList();
        var names = steps.Select(NameOf).ToList();
        if (names.Count > MaxShown)
        {
            int hidden = names.Count - MaxShown;
            names.RemoveRange(MaxShown / 2, hidden);
            names.Insert(MaxShown / 2, string.Create(CultureInfo.InvariantCulture, $"… {hidden} more …"));
        }

        var edges = steps.Zip(steps.Skip(1)).Take(MaxShown / 2).Select(edge => Explain(edge.First, edge.Second));
        var (at, path) = PlaceOf(steps[^2], steps[^1]);
        problems.Error(
            DiagnosticCodes.Loop, path.ToString(), at,
            $"jobs wait for each other: {string.Join(" → ", names)}", string.Join("; ", edges));
    }

    private string Explain(int from, int to)
    {
        int line = problems.Text.LineOf(PlaceOf(from, to).At.Start);
        string how = !IsJob(from) ? $"{NameOf(to)} needs {NameOf(from)}"
            : IsJob(to) ? $"{NameOf(to)} depends on {NameOf(from)}"
            : $"{NameOf(from)} produces {NameOf(to)}";
        return string.Create(CultureInfo.InvariantCulture, $"{how} (line {line})");
    }

    private (TextSpan At, SpecPath Path) PlaceOf(int from, int to)
    {
        var job = IsJob(to) ? jobs[to] : jobs[from];
        var template = job.Template;
        return (IsJob(from), IsJob(to)) switch
        {
            (true, true) => Place(job.DependsOn, from, template.DependsOn, template.DependsOnPatterns),
            (true, false) when IsFile(to) => Place(job.OutputFiles, to - NodeOfFile(0), template.OutputFiles, template.OutputFilePatterns),
            (true, false) when IsDataset(to) => Place(job.OutputDatasets, to - NodeOfDataset(0), template.OutputDatasets, []),
            (true, false) => Place(job.OutputData, to - NodeOfData(0), template.OutputData, template.OutputDataPatterns),
            _ when IsFile(from) => Place(job.InputFiles, from - NodeOfFile(0), template.InputFiles, template.InputFilePatterns),
            _ when IsDataset(from) => Place(job.InputDatasets, from - NodeOfDataset(0), template.InputDatasets, []),
            _ => Place(job.InputData, from - NodeOfData(0), template.InputData, template.InputDataPatterns),
        };

        (TextSpan At, SpecPath Path) Place(JobReferences references, int position, IReadOnlyList<TextTemplate> names, IReadOnlyList<TextTemplate> patterns)
        {
            var at = references.PlaceOf(position);
            return (at, template.PathOf(at, names, patterns));
        }
    }

    private string NameOf(int node) => Quoting.Shorten(
        IsJob(node) ? jobs[node].Name : IsFile(node) ? files.NameOf(node - NodeOfFile(0)).Text
        : IsDataset(node) ? datasets.NameOf(node - NodeOfDataset(0)).Text
        : userData.NameOf(node - NodeOfData(0)).Text);

    private int NodeOfFile(int file) => jobs.Count + file;

    private int NodeOfDataset(int dataset) => jobs.Count + files.Count + dataset;

    private int NodeOfData(int data) => jobs.Count + files.Count + datasets.Count + data;

    private bool IsJob(int node) => node < jobs.Count;

    private bool IsFile(int node) => node < NodeOfDataset(0);

    private bool IsDataset(int node) => node >= NodeOfDataset(0) && node < NodeOfData(0);
}
