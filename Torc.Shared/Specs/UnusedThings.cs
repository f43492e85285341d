using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Tells what a spec declares and no job uses: often it is a name that was mistyped elsewhere.</summary>
internal sealed class UnusedThings(
    SpecProblems problems,
    DeclaredThings<JobDraft> jobs,
    DeclaredThings<FileDefinition> files,
    DeclaredThings<DatasetDefinition> datasets,
    DeclaredThings<ResourceRequirements> requirements)
{
    public void Warn()
    {
        var usedRequirements = jobs.Values.Select(job => job.RequirementsName).OfType<string>().ToHashSet();
        Warn(requirements, position => usedRequirements.Contains(requirements.NameOf(position).Text), "no job uses the resource requirements");
        bool[] areFilesUsed = new bool[files.Count];
        bool[] areDatasetsUsed = new bool[datasets.Count];
        foreach (var job in jobs.Values)
        {
            Mark(areFilesUsed, job.InputFiles);
            Mark(areFilesUsed, job.OutputFiles);
            Mark(areDatasetsUsed, job.InputDatasets);
            Mark(areDatasetsUsed, job.OutputDatasets);
        }

        Warn(files, file => areFilesUsed[file], "no job needs or produces the file");
        Warn(datasets, dataset => areDatasetsUsed[dataset], "no job needs or produces the dataset");
    }

    private static void Mark(bool[] areUsed, JobReferences things)
    {
        foreach (int thing in things.Positions)
        {
            areUsed[thing] = true;
        }
    }

    private void Warn<T>(DeclaredThings<T> things, Func<int, bool> isUsed, string what)
    {
        for (int position = 0; position < things.Count; position++)
        {
            problems.IsInCopies = things.IsCopy(position);
            var name = things.NameOf(position);
            if (name.Text.Length > 0 && !isUsed(position))
            {
                problems.Add(DiagnosticCodes.Unused, Severity.Warning, things.PathOf(position)["name"].ToString(), name.At, $"{what} {Quoting.Quote(name.Text)}", help: null);
            }
        }

        problems.IsInCopies = false;
    }
}
