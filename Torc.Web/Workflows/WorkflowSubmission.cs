using System.Globalization;
using System.Security.Cryptography;
using Torc.Shared.Contracts;
using Torc.Shared.Specs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

/// <summary>The way of a spec from its text to a stored workflow.</summary>
internal sealed class WorkflowSubmission(WorkflowEngine engine, DataFolder data, TimeProvider time)
{
    /// <param name="directory">Where to look for the files that must be there; null for a folder that will be new.</param>
    /// <param name="isDecided">Whether that is where the jobs will run: then a missing input is an error. Otherwise it is only named.</param>
    /// <returns>No definition if anything is wrong, a missing input included.</returns>
    public static (WorkflowDefinition? Definition, SpecSummary Summary) Read(ReadOnlyMemory<byte> spec, string? fileName, string? directory, bool isDecided)
    {
        var reading = SpecReader.Read(spec, fileName);
        var missing = reading.Definition is { } definition
            ? ExternalInputs.Of(definition).Where(file => !IsThere(definition.Files[file].Path, directory)).ToList()
            : [];
        var problems = reading.Problems.Concat((isDecided ? missing : []).Select(file => ExternalInputs.Missing(reading.Definition!, file, directory ?? "a new working directory")));
        var summary = new SpecSummary(
            reading.Definition?.Name,
            reading.Counts?.Jobs,
            reading.Counts?.Files,
            reading.Counts?.UserData,
            reading.Counts?.ExplicitEdges,
            reading.Counts?.ImplicitEdges,
            reading.Counts?.Depth,
            reading.Counts?.Roots,
            [.. missing.Select(file => reading.Definition!.Files[file].Path)],
            [.. problems]);
        return (missing.Count == 0 ? reading.Definition : null, summary);
    }

    /// <param name="directory">Absolute; null makes a new folder in the data folder.</param>
    /// <exception cref="IOException">The folder could not be made, or the workflow not stored.</exception>
    public async Task<WorkflowView> CreateAsync(WorkflowDefinition definition, string? directory, SpecSource spec, bool start, CancellationToken cancel)
    {
        string workingDirectory = directory ?? NewFolder();
        return await engine.ChangeAsync(
            (state, commit, now) =>
            {
                var workflow = state.Create(definition, workingDirectory, spec, now, commit);
                if (start)
                {
                    state.TryStart(workflow, now, commit);
                }

                return workflow.View();
            },
            cancel);
    }

    // Named by the time, so that people find it, and never one that is there already.
    private string NewFolder()
    {
        string name = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string folder = Path.Combine(data.Work, $"{name}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
        return Directory.CreateDirectory(folder).FullName;
    }

    private static bool IsThere(string path, string? directory) =>
        Path.IsPathRooted(path) ? Path.Exists(path) : directory is not null && Path.Exists(Path.Combine(directory, path));
}
