using Microsoft.Extensions.Time.Testing;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;
using Torc.Web.Editor;
using Xunit;

namespace Torc.Tests.Editor;

public sealed class DraftRoomTests
{
    private const string Text = """
        name: small # a comment
        jobs:
          - name: a
            command: echo ${files.output.f}
          - name: b
            command: cat ${files.input.f}
        files:
          - {name: f, path: f.txt}

        """;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly List<DraftNews> _news = [];

    [Fact]
    public void All_pages_hear_what_one_of_them_did_and_which_one_it_was()
    {
        var room = Open();

        room.Do(new SpecOperation.AddJob("c", "true"), by: this);

        var news = Assert.Single(_news);
        Assert.Same(this, news.By);
        Assert.Equal(1, news.State.Revision);
        Assert.Contains("name: c", news.State.Document.Text, StringComparison.Ordinal);
        Assert.False(news.State.IsKept);
    }

    [Fact]
    public void What_is_typed_into_a_text_that_is_no_more_is_not_taken()
    {
        var room = Open();
        room.Do(new SpecOperation.AddJob("c", "true"), by: null);
        string before = room.State.Document.Text;

        Assert.False(room.Type(0, [new TextChange(6, 11, "other")], by: null));
        Assert.False(room.Type(1, [new TextChange(6, 100_000, "other")], by: null));

        Assert.Equal(before, room.State.Document.Text);
        Assert.True(room.Type(1, [new TextChange(6, 11, "other")], by: null));
        Assert.Equal("other", room.State.Document.Reading.Name);
    }

    [Fact]
    public void A_text_that_cannot_be_read_leaves_the_last_one_on_the_canvas()
    {
        var room = Open();

        room.Type(0, [new TextChange(0, 5, "name: [")], by: null);

        Assert.False(room.State.IsCurrent);
        Assert.Equal(3, EditorPicture.Draw(room.State.Shown, EditorMode.Files, [], null).Nodes.Count);
        room.Undo(by: null);
        Assert.True(room.State.IsCurrent);
        Assert.Equal(Text, room.State.Document.Text);
    }

    [Fact]
    public void Everything_has_a_place_from_the_beginning_and_only_what_is_new_gets_another()
    {
        var room = Open();
        var before = room.State.Document.Places;
        Assert.Equal(3, before.Count);

        room.Do(new SpecOperation.AddJob("c", "cat ${files.input.f}"), by: null);

        var after = room.State.Document.Places;
        Assert.Equal(4, after.Count);
        Assert.All(before, place => Assert.Equal(place.Value, after[place.Key]));
        Assert.True(after["job/c"].X > after["file/f"].X);
        Assert.NotEqual(after["job/b"], after["job/c"]);
    }

    [Fact]
    public void A_thing_keeps_its_place_under_another_name_and_undo_knows_both()
    {
        var room = Open();
        room.Move(new Dictionary<string, SpecPlace?> { ["job/a"] = new SpecPlace(600, 700) }, "Move a", null, by: null);

        room.Do(new SpecOperation.Rename(SpecThing.Job("a"), "first"), by: null);

        Assert.Equal(new SpecPlace(600, 700), room.State.Document.Places["job/first"]);
        Assert.DoesNotContain("job/a", room.State.Document.Places.Keys);
        room.Undo(by: null);
        Assert.Equal(new SpecPlace(600, 700), room.State.Document.Places["job/a"]);
        room.Undo(by: null);
        Assert.NotEqual(new SpecPlace(600, 700), room.State.Document.Places["job/a"]);
    }

    [Fact]
    public void Auto_layout_is_the_same_each_time_and_one_step()
    {
        var room = Open();
        var places = room.State.Document.Places;
        room.Move(new Dictionary<string, SpecPlace?> { ["job/a"] = new SpecPlace(600, 700), ["job/b"] = new SpecPlace(-40, 9) }, "Move 2 things", null, by: null);

        room.Move(EditorPlaces.Arrange(room.State.Document), "Auto-layout", null, by: null);

        Assert.Equal(places.OrderBy(place => place.Key), room.State.Document.Places.OrderBy(place => place.Key));
        Assert.Equal("Auto-layout", room.Undo(by: null));
        Assert.Equal(new SpecPlace(600, 700), room.State.Document.Places["job/a"]);
    }

    [Fact]
    public void What_was_typed_after_it_was_sent_to_be_saved_is_not_saved()
    {
        var room = Open();
        room.Do(new SpecOperation.AddJob("c", "true"), by: null);
        var sent = room.State;
        room.Do(new SpecOperation.AddJob("d", "true"), by: null);

        room.MarkSaved(new WorkflowId(7), 2, "/jobs/7", sent.Revision);

        Assert.False(room.State.History.IsSaved);
        Assert.Equal((7, 2), (room.State.Workflow!.Value.Value, room.State.BaseVersion));
        room.MarkSaved(new WorkflowId(7), 3, "/jobs/7", room.State.Revision);
        Assert.True(room.State.History.IsSaved);
    }

    [Fact]
    public void A_conversion_is_one_step_and_takes_the_name_of_the_file_with_it()
    {
        var room = Open();
        string json = room.State.Document.Reading.Write(Torc.Shared.Specs.Notations.SpecNotation.Json)!;

        room.Replace(json, "Convert to JSON", by: null, "small.json");

        Assert.Equal(("small.json", true), (room.State.Document.FileName, room.State.IsCurrent));
        Assert.Equal("Convert to JSON", room.Undo(by: null));
        Assert.Equal(("small.yaml", Text), (room.State.Document.FileName, room.State.Document.Text));
    }

    [Fact]
    public void An_open_draft_is_what_was_kept_of_another()
    {
        var room = Open();
        room.Do(new SpecOperation.AddJob("c", "true"), by: null);
        room.Move(new Dictionary<string, SpecPlace?> { ["job/c"] = new SpecPlace(1, 2) }, "Move c", null, by: null);

        var again = new DraftRoom(room.ToDraft(room.State), _time);

        Assert.Equal(room.State.Document.Text, again.State.Document.Text);
        Assert.Equal(new SpecPlace(1, 2), again.State.Document.Places["job/c"]);
        again.Undo(by: null);
        again.Undo(by: null);
        Assert.Equal(Text, again.State.Document.Text);
    }

    private DraftRoom Open()
    {
        var room = new DraftRoom(new Draft(1, "ann", null, null, null, "small.yaml", Text, SpecHistory.Empty, new Dictionary<string, SpecPlace>(), _time.GetUtcNow()), _time);
        room.Changed += _news.Add;
        return room;
    }
}
