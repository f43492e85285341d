using System.Globalization;
using System.Security.Cryptography;
using Torc.Shared.Contracts;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;
using Torc.Web.Data;
using Torc.Web.Engine;
using Torc.Web.Nodes;

namespace Torc.Web.Workflows;

/// <summary>The way of a spec from its text to a stored workflow.</summary>
internal sealed class WorkflowSubmission(WorkflowEngine engine, NodeQueries nodes, DataFolder data, StoreHealth health, TimeProvider time)
{
    /// <param name="directory">Where to look for the files that must be there; null for a folder that will be new.</param>
    /// <param name="isDecided">Whether that is where the jobs will run: then a missing input is an error. Otherwise it is only named.</param>
    public async Task<SpecReading> ReadAsync(ReadOnlyMemory<byte> spec, string? fileName, string? directory, bool isDecided, CancellationToken cancel)
    {
        var reading = SpecReader.Read(spec, fileName);
        reading.CheckPaths(directory, isDecided ? Severity.Error : null, Look);
        reading.CheckNodes(await nodes.CapacitiesAsync(cancel));
        return reading;
    }

    /// <param name="directory">Absolute; null makes a new folder in the data folder.</param>
    /// <param name="key">Null for a request that nobody will know again.</param>
    /// <exception cref="RepeatedRequestException">It came before.</exception>
    /// <exception cref="IOException">The folder could not be made, or the workflow not stored.</exception>
    public async Task<WorkflowView> CreateAsync(WorkflowDefinition definition, string? directory, SpecSource spec, bool start, RequestKey? key, CancellationToken cancel)
    {
        health.RequireRoom();
        string workingDirectory = directory ?? NewFolder();
        var (created, before) = await engine.ChangeAsync<(WorkflowView? Created, KeptRequest? Before)>(
            (state, commit, now) =>
            {
                // Of two at once the second comes here after the first.
                if (state.Before(key) is { } before)
                {
                    return (null, before);
                }

                var workflow = state.Create(definition, workingDirectory, spec, now, commit);
                state.Keep(key, workflow, now, commit);
                if (start)
                {
                    state.TryStart(workflow, Environment.UserName, now, commit);
                }

                return (workflow.View(), null);
            },
            cancel);
        return created ?? throw new RepeatedRequestException(before!);
    }

    // Named by the time, so that people find it, and never one that is there already.
    private string NewFolder()
    {
        string name = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string folder = Path.Combine(data.Work, $"{name}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
        return Directory.CreateDirectory(folder).FullName;
    }

    private static PathKind Look(string path) => Directory.Exists(path) ? PathKind.Folder : Path.Exists(path) ? PathKind.File : PathKind.Nothing;
}
