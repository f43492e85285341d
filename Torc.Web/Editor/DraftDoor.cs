using System.Globalization;
using System.Security.Cryptography;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>Begins drafts: from a template, or from the spec of a workflow.</summary>
public sealed class DraftDoor
{
    private readonly IDraftStore _store;
    private readonly DraftRooms _rooms;
    private readonly IDraftDesk _desk;
    private readonly TimeProvider _time;
    private readonly string _work;

    /// <param name="work">The folder in which workflows get their working directories.</param>
    public DraftDoor(IDraftStore store, DraftRooms rooms, IDraftDesk desk, TimeProvider time, string work) => (_store, _rooms, _desk, _time, _work) = (store, rooms, desk, time, work);

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

    /// <summary>The draft that the user has of a workflow, or a new one of its newest spec. One that has nothing of its own goes along with the workflow.</summary>
    /// <returns>Null if there is no such workflow.</returns>
    public async Task<long?> OpenAsync(WorkflowId workflow, CancellationToken cancel)
    {
        if (await _desk.VersionAsync(workflow, version: null, cancel) is not { } newest)
        {
            return null;
        }

        if (await _store.FindAsync(workflow, Environment.UserName, cancel) is not { } draft)
        {
            return (await _store.CreateAsync(New(workflow, newest.Version, newest.Directory, newest.FileName, newest.Text), cancel)).Id;
        }

        if (await _rooms.EnterAsync(draft.Id, Environment.UserName) is { } room)
        {
            if (room.State.History.IsSaved && room.State.BaseVersion != newest.Version)
            {
                room.Replace(newest.Text, string.Create(CultureInfo.InvariantCulture, $"Take version {newest.Version}"), by: null, newest.FileName);
                room.MarkSaved(workflow, newest.Version, newest.Directory, room.State.Revision);
            }

            _rooms.Leave(room);
        }

        return draft.Id;
    }

    private Draft New(WorkflowId? workflow, int? version, string? directory, string fileName, string text) => new(
        0, Environment.UserName, workflow, version, directory, fileName, text,
        workflow is null ? SpecHistory.Empty with { Saved = null } : SpecHistory.Empty, new Dictionary<string, SpecPlace>(), _time.GetUtcNow());
}
