using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Editing;
using Xunit;
using static Torc.Shared.Specs.Editing.SpecOperation;

namespace Torc.Tests.Specs.Editing;

public sealed class SpecHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private SpecDocument _document = Scene.Yaml(Diamonds.Yaml);
    private SpecHistory _history = SpecHistory.Empty;

    [Fact]
    public void Undo_and_redo_bring_back_every_byte()
    {
        var texts = new List<string> { _document.Text };
        SpecOperation[] operations =
        [
            new AddJob("a", "true"), new Rename(SpecThing.File("f1"), "half"), new Remove(SpecThing.Job("work2")), new SetField(SpecThing.Job("a"), ["env", "X"], "1"),
        ];
        foreach (var operation in operations)
        {
            Do(operation);
            texts.Add(_document.Text);
        }

        Assert.Equal(["Add job a", "Rename f1 to half", "Remove work2", "Change env X of a"], _history.Done.Select(step => step.Title));
        foreach (string text in texts.AsEnumerable().Reverse().Skip(1))
        {
            Undo();
            Assert.Equal(text, _document.Text);
        }

        Assert.Null(_history.Undo(_document));
        foreach (string text in texts.Skip(1))
        {
            Redo();
            Assert.Equal(text, _document.Text);
        }

        Assert.Null(_history.Redo(_document));
    }

    [Fact]
    public void What_is_done_after_undoing_takes_the_place_of_what_was_undone()
    {
        Do(new AddJob("a", "true"));
        Do(new AddJob("b", "true"));
        Undo();
        Do(new AddJob("c", "true"));

        Assert.False(_history.CanRedo);
        Assert.Equal(["Add job a", "Add job c"], _history.Done.Select(step => step.Title));
    }

    [Fact]
    public void What_is_typed_into_one_field_without_a_pause_is_one_step()
    {
        string before = _document.Text;
        Type("s", Noon);
        Type("sh", Noon.AddSeconds(1));
        Type("sh r", Noon.AddSeconds(2));
        Assert.Single(_history.Done);
        string typed = _document.Text;

        Type("sh run", Noon.AddSeconds(3.5));
        Assert.Equal(2, _history.Done.Count);

        Undo();
        Assert.Equal(typed, _document.Text);
        Undo();
        Assert.Equal(before, _document.Text);
        Redo();
        Assert.Equal(typed, _document.Text);
    }

    [Fact]
    public void Another_field_another_focus_and_a_save_begin_a_new_step()
    {
        Type("s", Noon);
        Type("debug 2", Noon, "env", "LEVEL");
        Type("debug 3", Noon, "env", "LEVEL");
        _history = _history.Close();
        Type("debug 4", Noon, "env", "LEVEL");
        _history = _history.MarkSaved();
        Type("debug 5", Noon, "env", "LEVEL");

        Assert.Equal(4, _history.Done.Count);
    }

    [Fact]
    public void The_saved_text_is_known_again_when_undoing_leads_there()
    {
        Assert.True(_history.IsSaved);
        Do(new AddJob("a", "true"));
        Assert.False(_history.IsSaved);
        _history = _history.MarkSaved();
        Do(new AddJob("b", "true"));
        Undo();
        Assert.True(_history.IsSaved);
        Undo();
        Assert.False(_history.IsSaved);
        Redo();
        Assert.True(_history.IsSaved);

        Undo();
        Do(new AddJob("c", "true"));
        Assert.False(_history.IsSaved);
        Undo();
        Assert.False(_history.IsSaved);
    }

    [Fact]
    public void The_oldest_of_many_steps_is_forgotten()
    {
        var document = Scene.Yaml("name: w\njobs: []\n");
        var texts = new List<string> { document.Text };
        var history = SpecHistory.Empty;
        for (int step = 0; step < SpecHistory.Depth + 10; step++)
        {
            var change = new TextChange(document.Text.Length, document.Text.Length, $"# {step}\n");
            history = history.With(document, [change], "Type", null, Noon);
            document = document.With([change]);
            texts.Add(document.Text);
        }

        Assert.Equal(SpecHistory.Depth, history.Done.Count);
        Assert.Null(history.Saved);
        while (history.Undo(document) is var (earlier, undone))
        {
            (history, document) = (earlier, undone);
        }

        Assert.Equal(texts[10], document.Text);
    }

    [Fact]
    public void What_was_moved_goes_back_with_its_step_and_forth_again()
    {
        Move("job/work1", new SpecPlace(10, 20), Noon);
        Move("job/work2", new SpecPlace(30, 40), Noon);

        Undo();
        Assert.Equal(["job/work1"], _document.Places.Keys);
        Undo();
        Assert.Empty(_document.Places);
        Redo();
        Redo();
        Assert.Equal(new SpecPlace(30, 40), _document.Places["job/work2"]);
        Assert.Equal(Diamonds.Yaml, _document.Text);
    }

    [Fact]
    public void Moves_of_one_thing_that_follow_closely_are_one_step()
    {
        Move("job/work1", new SpecPlace(1, 1), Noon);
        Do(new AddJob("a", "true"));
        Move("job/work1", new SpecPlace(2, 2), Noon);
        Move("job/work1", new SpecPlace(3, 3), Noon.AddSeconds(1));

        Assert.Equal(3, _history.Done.Count);
        Undo();
        Assert.Equal(new SpecPlace(1, 1), _document.Places["job/work1"]);
    }

    [Fact]
    public void A_history_is_kept_as_JSON()
    {
        Do(new AddJob("a", "true"));
        Do(new Remove(SpecThing.Job("work2")));
        Move("job/a", new SpecPlace(1.5, 2), Noon);
        Undo();
        Undo();
        string before = _document.Text;

        string json = JsonSerializer.Serialize(_history, TorcJson.Default.SpecHistory);
        _history = JsonSerializer.Deserialize(json, TorcJson.Default.SpecHistory)!;

        Redo();
        Redo();
        Assert.Equal(new SpecPlace(1.5, 2), _document.Places["job/a"]);
        Undo();
        Undo();
        Assert.Equal(before, _document.Text);
        Undo();
        Assert.Equal(Diamonds.Yaml, _document.Text);
        Assert.True(_history.IsSaved);
        Assert.Contains("\"title\":\"Add job a\"", json, StringComparison.Ordinal);
    }

    private void Do(SpecOperation operation)
    {
        var done = Scene.Done(_document, operation);
        _history = _history.With(_document, done.Changes, operation.Title, null, Noon);
        _document = done.After;
    }

    private void Move(string key, SpecPlace place, DateTimeOffset now)
    {
        var moves = new Dictionary<string, SpecPlace?> { [key] = place };
        _history = _history.With(_document, [], $"Move {key}", key, now, moves);
        _document = _document.Moved(moves);
    }

    private void Type(string value, DateTimeOffset now, params string[] path)
    {
        string[] field = path.Length == 0 ? ["command"] : path;
        var operation = new SetField(SpecThing.Job("work2"), field, value);
        var done = Scene.Done(_document, operation);
        _history = _history.With(_document, done.Changes, operation.Title, string.Join('/', field), now);
        _document = done.After;
    }

    private void Undo() => (_history, _document) = _history.Undo(_document)!.Value;

    private void Redo() => (_history, _document) = _history.Redo(_document)!.Value;
}
