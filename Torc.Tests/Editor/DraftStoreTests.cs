using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Editor;
using Xunit;

namespace Torc.Tests.Editor;

public sealed class DraftStoreTests : IAsyncLifetime
{
    private const string Text = """
        name: 'dïamond' # "quoted" <&>
        jobs: []
        """;

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("torc-drafts-");
    private SqliteStore _database = null!;
    private DraftStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_found_as_it_was_kept()
    {
        var first = await _store.CreateAsync(Draft(), Cancel);
        var places = new Dictionary<string, SpecPlace> { ["job/work 1"] = new(1.5, -2), ["file/f1"] = new(0.1, 1e6) };
        var changed = first with { Text = "{}\r\n\0\u2028 ' \" 🙂", FileName = "a.json5", BaseVersion = 3, Places = places, ChangedAt = Noon.AddMilliseconds(1) };

        await _store.KeepAsync(changed, Cancel);

        var found = await _store.FindAsync(first.Id, Cancel);
        Assert.Equal(changed with { History = found!.History, Places = found.Places }, found);
        Assert.Equal(places, found.Places);
        Assert.Equal(found.Text, (await _store.FindAsync(new WorkflowId(7), "ann", Cancel))!.Text);
    }

    [Fact]
    public async Task A_history_of_all_its_steps_undoes_as_before()
    {
        var document = SpecDocument.Of(Text, "a.yaml");
        var history = SpecHistory.Empty;
        for (int step = 0; step < SpecHistory.Depth; step++)
        {
            var edit = (SpecEdit.Done)SpecEditor.Apply(document, new SpecOperation.AddJob($"job{step}", $"echo \"{step}\" 'ü' > out"));
            history = history.With(document, edit.Changes, $"Add job{step}", step % 2 == 0 ? "name" : null, Noon.AddTicks(step));
            document = edit.After;
        }

        history = history.Undo(document)!.Value.History.MarkSaved();
        var draft = await _store.CreateAsync(Draft() with { Text = document.Text, History = history }, Cancel);

        var found = (await _store.FindAsync(draft.Id, Cancel))!.History;
        Assert.Equal(JsonSerializer.Serialize(history, TorcJson.Default.SpecHistory), JsonSerializer.Serialize(found, TorcJson.Default.SpecHistory));
        Assert.Equal((true, SpecHistory.Depth - 1, 1), (found.IsSaved, found.Done.Count, found.Undone.Count));
        Assert.InRange(await CountAsync("LENGTH(history)"), 1, SpecHistory.Depth * 250);
    }

    [Fact]
    public async Task Of_two_that_begin_at_once_the_second_gets_the_draft_of_the_first()
    {
        var drafts = await Task.WhenAll(Enumerable.Range(0, 8).Select(window => Task.Run(() => _store.CreateAsync(Draft() with { Text = $"window {window}" }, Cancel), Cancel)))
            .WaitAsync(Waiting.Patience, Cancel);

        Assert.Single(drafts.Select(draft => (draft.Id, draft.Text)).Distinct());
        Assert.Equal(1, await CountAsync("COUNT(*)"));
    }

    [Fact]
    public async Task Each_user_has_a_draft_of_the_same_workflow_and_any_number_of_new_workflows()
    {
        var anns = await _store.CreateAsync(Draft(), Cancel);
        var bobs = await _store.CreateAsync(Draft() with { User = "bob" }, Cancel);
        await _store.CreateAsync(Draft() with { Workflow = null }, Cancel);
        await _store.CreateAsync(Draft() with { Workflow = null }, Cancel);

        Assert.NotEqual(anns.Id, bobs.Id);
        Assert.Equal(3, (await _store.ListAsync("ann", Cancel)).Count);
        Assert.Equal(bobs.Id, Assert.Single(await _store.ListAsync("bob", Cancel)).Id);
        Assert.Null(await _store.FindAsync(new WorkflowId(8), "ann", Cancel));
    }

    [Fact]
    public async Task The_newest_comes_first_by_the_name_in_its_text_or_that_of_its_file()
    {
        var typed = SpecHistory.Empty.With(SpecDocument.Of("x", null), [new TextChange(0, 0, "y")], "Type", null, Noon);
        var old = await _store.CreateAsync(Draft() with { Workflow = null, ChangedAt = Noon.AddHours(-1) }, Cancel);
        var broken = await _store.CreateAsync(Draft() with { Text = "jobs: [", History = typed }, Cancel);

        var listed = await _store.ListAsync("ann", Cancel);

        Assert.Equal(
            [new DraftEntry(broken.Id, new WorkflowId(7), "a.yaml", Noon, IsSaved: false), new DraftEntry(old.Id, null, "dïamond", Noon.AddHours(-1), IsSaved: true)], listed);
    }

    [Fact]
    public async Task What_was_removed_is_gone_and_is_not_kept_again()
    {
        var draft = await _store.CreateAsync(Draft(), Cancel);

        await _store.RemoveAsync(draft.Id, Cancel);
        await _store.RemoveAsync(draft.Id, Cancel);

        Assert.Null(await _store.FindAsync(draft.Id, Cancel));
        await Assert.ThrowsAsync<DraftGoneException>(() => _store.KeepAsync(draft, Cancel));
        Assert.NotEqual(draft.Id, (await _store.CreateAsync(Draft(), Cancel)).Id);
    }

    [Fact]
    public async Task Nobody_keeps_a_text_in_the_draft_of_somebody_else()
    {
        var draft = await _store.CreateAsync(Draft(), Cancel);

        await Assert.ThrowsAsync<DraftGoneException>(() => _store.KeepAsync(draft with { User = "bob", Text = "" }, Cancel));

        Assert.Equal(Text, (await _store.FindAsync(draft.Id, Cancel))!.Text);
    }

    [Fact]
    public async Task While_another_program_holds_the_database_it_is_refused_in_plain_words_and_kept_later()
    {
        var draft = await _store.CreateAsync(Draft(), Cancel);
        await using (var other = new SqliteConnection($"Data Source={_database.Path};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            await using var hold = other.BeginTransaction();

            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.KeepAsync(draft with { Text = "now" }, Cancel));

            Assert.Equal(StoreTrouble.Locked, refused.Trouble);
            Assert.Equal(Text, (await _store.FindAsync(draft.Id, Cancel))!.Text);
        }

        await _store.KeepAsync(draft with { Text = "now" }, Cancel);
        Assert.Equal("now", (await _store.FindAsync(draft.Id, Cancel))!.Text);
    }

    public async ValueTask InitializeAsync()
    {
        _database = new SqliteStore(Path.Combine(_folder.FullName, "torc.db"), networkFileSystem: null);
        await _database.PrepareAsync(Cancel);
        _store = new DraftStore(_database.Open, new StoreHealth(new DatabaseDisk(_database.Path, Options.Create(new DiskOptions())), TimeProvider.System));
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Draft Draft() => new(0, "ann", new WorkflowId(7), 1, "/jobs/seven", "a.yaml", Text, SpecHistory.Empty, new Dictionary<string, SpecPlace>(), Noon);

    private async Task<long> CountAsync(string what)
    {
        await using var connection = new SqliteConnection($"Data Source={_database.Path}");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {what} FROM drafts";
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
