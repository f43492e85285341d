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
    DeclaredThings<ResourceRequirements> requirements)
{
    public void Warn()
    {
        var usedRequirements = jobs.Values.Select(job => job.RequirementsName).OfType<string>().ToHashSet();
        Warn(requirements, position => usedRequirements.Contains(requirements.NameOf(position).Text), "no job uses the resource requirements");
        bool[] areUsed = new bool[files.Count];
        foreach (var job in jobs.Values)
        {
            Mark(areUsed, job.InputFiles);
            Mark(areUsed, job.OutputFiles);
        }

        Warn(files, file => areUsed[file], "no job needs or produces the file");
    }

    private static void Mark(bool[] areUsed, JobReferences files)
    {
        foreach (int file in files.Positions)
        {
            areUsed[file] = true;
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
