using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;
using Torc.Tests.Support;
using Torc.Web.Editor;
using Torc.Web.Live;
using Xunit;

namespace Torc.Tests.Editor;

public sealed class DraftDoorTests : IAsyncDisposable
{
    private static readonly WorkflowId Workflow = new(7);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeDrafts _store = new();
    private readonly FakeDraftDesk _desk;
    private readonly DraftRooms _rooms;
    private readonly DraftDoor _door;

    public DraftDoorTests()
    {
        _desk = new FakeDraftDesk(new FakeWorkflows(new LiveFeed(_time))) { Newest = (1, "a.yaml", "name: one\njobs: []\n", "/jobs/7") };
        _rooms = new DraftRooms(_store, _time, NullLogger<DraftRooms>.Instance);
        _door = new DraftDoor(_store, _rooms, _desk, _time, "/jobs");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _rooms.DisposeAsync();

    [Fact]
    public async Task A_draft_without_changes_goes_along_with_its_workflow()
    {
        long id = (await _door.OpenAsync(Workflow, Cancel))!.Value;
        _desk.Newest = (2, "a.yaml", "name: two\njobs: []\n", "/jobs/7");

        Assert.Equal(id, await _door.OpenAsync(Workflow, Cancel));

        var room = (await _rooms.EnterAsync(id, Environment.UserName))!;
        Assert.Equal(("name: two\njobs: []\n", 2, true), (room.State.Document.Text, room.State.BaseVersion!.Value, room.State.History.IsSaved));
        Assert.Equal("Take version 2", room.Undo(by: null));
        _rooms.Leave(room);
    }

    [Fact]
    public async Task A_draft_with_changes_stays_as_it_is()
    {
        long id = (await _door.OpenAsync(Workflow, Cancel))!.Value;
        var room = (await _rooms.EnterAsync(id, Environment.UserName))!;
        room.Do(new SpecOperation.AddJob("mine", "true"), by: null);
        _desk.Newest = (2, "a.yaml", "name: two\njobs: []\n", "/jobs/7");

        Assert.Equal(id, await _door.OpenAsync(Workflow, Cancel));

        Assert.Contains("mine", room.State.Document.Text, StringComparison.Ordinal);
        Assert.Equal(1, room.State.BaseVersion);
        _rooms.Leave(room);
    }

    [Fact]
    public async Task What_happens_in_a_room_is_kept_a_moment_later_and_at_the_latest_at_the_end()
    {
        long id = (await _door.OpenAsync(Workflow, Cancel))!.Value;
        var rooms = new DraftRooms(_store, _time, NullLogger<DraftRooms>.Instance);
        var room = (await rooms.EnterAsync(id, Environment.UserName))!;

        room.Do(new SpecOperation.AddJob("mine", "true"), by: null);
        Assert.DoesNotContain("mine", (await _store.FindAsync(id, Cancel))!.Text, StringComparison.Ordinal);
        _time.Advance(DraftRooms.Pause);
        await Waiting.UntilAsync(() => Task.FromResult(room.State.IsKept), kept => kept, "it is kept");
        Assert.Contains("mine", (await _store.FindAsync(id, Cancel))!.Text, StringComparison.Ordinal);

        room.Do(new SpecOperation.AddJob("last", "true"), by: null);
        rooms.Leave(room);
        await rooms.DisposeAsync();
        Assert.Contains("last", (await _store.FindAsync(id, Cancel))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_its_users_alone()
    {
        long id = (await _door.OpenAsync(Workflow, Cancel))!.Value;

        Assert.Null(await _rooms.EnterAsync(id, "somebody-else"));
        Assert.Null(await _rooms.EnterAsync(id + 1, Environment.UserName));
        var room = (await _rooms.EnterAsync(id, Environment.UserName))!;
        Assert.Equal(1, room.Pages);
        _rooms.Leave(room);
    }
}
