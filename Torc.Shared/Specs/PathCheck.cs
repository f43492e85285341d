using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Compares a spec with the files of the machine where its jobs will run.</summary>
internal sealed class PathCheck(SpecProblems problems, BoundWorkflow workflow, string? directory, Func<string, PathKind> look)
{
    /// <returns>The paths of the inputs that are not there.</returns>
    public IReadOnlyList<string> Check(Severity? missingInput)
    {
        var jobs = workflow.Jobs.Values;
        var produced = jobs.SelectMany(job => job.OutputFiles.Positions).ToHashSet();
        var missing = new List<string>();
        foreach (int file in jobs.SelectMany(job => job.InputFiles.Positions).Where(file => !produced.Contains(file) && HasPath(file)).Distinct().Order())
        {
            string path = workflow.Files[file].Path;
            if (At(path) == PathKind.Nothing)
            {
                missing.Add(path);
                if (missingInput is not { } severity)
                {
                    continue;
                }

                string where = Path.IsPathRooted(path) ? "" : $" under {Quoting.Escape(directory ?? "a new working directory")}";
                Add(
                    file, DiagnosticCodes.MissingInput, severity, $"{Quoting.Shorten(path)} does not exist{where}",
                    "no job produces it, so it must be there before the workflow starts");
            }
        }

        foreach (int file in produced.Where(HasPath).Order())
        {
            CheckOutput(file);
        }

        return missing;
    }

    private void CheckOutput(int file)
    {
        string path = workflow.Files[file].Path;
        if (At(path) == PathKind.Folder)
        {
            Add(file, DiagnosticCodes.UnwritableOutput, Severity.Warning, $"{Quoting.Shorten(path)} is a folder, and a job is to write it as a file", "name a file inside it");
            return;
        }

        // Of a folder that is not there nothing can be said: a job may make it.
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && At(folder) == PathKind.File)
        {
            Add(file, DiagnosticCodes.UnwritableOutput, Severity.Warning, $"{Quoting.Shorten(path)} cannot be written: {Quoting.Shorten(folder)} is a file, not a folder", "name a file in a folder");
        }
    }

    // One without a path was told already.
    private bool HasPath(int file) => workflow.Files[file].Path.Length > 0;

    private PathKind At(string path) =>
        Path.IsPathRooted(path) ? look(path) : directory is null ? PathKind.Nothing : look(Path.Combine(directory, path));

    private void Add(int file, string code, Severity severity, string message, string help)
    {
        var place = workflow.Files.PlaceOfPath(file);
        problems.IsInCopies = workflow.Files.IsCopy(file);
        problems.Add(code, severity, place.Path.ToString(), place.At, message, help);
        problems.IsInCopies = false;
    }
}
