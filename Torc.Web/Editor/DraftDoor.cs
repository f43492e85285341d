using System.Globalization;
using System.Security.Cryptography;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>Begins drafts: from a template, or from the spec of a workflow.</summary>
public sealed class DraftDoor
{
    private readonly IDraftStore _store;
    private readonly IDraftDesk _desk;
    private readonly TimeProvider _time;
    private readonly string _work;

    /// <param name="work">The folder in which workflows get their working directories.</param>
    public DraftDoor(IDraftStore store, IDraftDesk desk, TimeProvider time, string work) => (_store, _desk, _time, _work) = (store, desk, time, work);

    /// <returns>The number of the draft.</returns>
    internal async Task<long> BeginAsync(SpecTemplate template, CancellationToken cancel)
    {
        string text = await template.ReadAsync(cancel);
        string? directory = null;
        if (template.HasFiles)
        {
            // The scripts that the jobs run have to be there before the workflow is.
            string name = string.Create(CultureInfo.InvariantCulture, $"{template.Name}-{_time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
            directory = Directory.CreateDirectory(Path.Combine(_work, name)).FullName;
            template.CopyTo(directory);
        }

        return (await BeginAsync(template.FileName, text, directory, cancel)).Id;
    }

    public Task<Draft> BeginAsync(string fileName, string text, string? directory, CancellationToken cancel) =>
        _store.CreateAsync(New(null, null, directory, fileName, text), cancel);

    /// <summary>The draft that the user has of a workflow, or a new one of its newest spec.</summary>
    /// <returns>Null if there is no such workflow.</returns>
    public async Task<long?> OpenAsync(WorkflowId workflow, CancellationToken cancel)
    {
        if (await _store.FindAsync(workflow, Environment.UserName, cancel) is { } draft)
        {
            return draft.Id;
        }

        return await _desk.NewestAsync(workflow, cancel) is { } newest
            ? (await _store.CreateAsync(New(workflow, newest.Version, newest.Directory, newest.FileName, newest.Text), cancel)).Id
            : null;
    }

    private Draft New(WorkflowId? workflow, int? version, string? directory, string fileName, string text) => new(
        0, Environment.UserName, workflow, version, directory, fileName, text,
        workflow is null ? SpecHistory.Empty with { Saved = null } : SpecHistory.Empty, new Dictionary<string, SpecPlace>(), _time.GetUtcNow());
}
