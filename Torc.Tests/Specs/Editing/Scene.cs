using Torc.Shared.Specs.Editing;
using Xunit;

namespace Torc.Tests.Specs.Editing;

/// <summary>Scenes of editing: a text, what is done to it, the text that it becomes.</summary>
internal static class Scene
{
    public static SpecDocument Json5(string text) => SpecDocument.Of(text, "a.json5");

    public static SpecDocument Json(string text) => SpecDocument.Of(text, "a.json");

    public static SpecDocument Yaml(string text) => SpecDocument.Of(text, "a.yaml");

    public static SpecEdit.Done Done(SpecDocument document, SpecOperation operation)
    {
        var edit = SpecEditor.Apply(document, operation);
        Assert.False(edit is SpecEdit.Refused, $"{operation}: {(edit as SpecEdit.Refused)?.Why}\n{document.Text}");
        var done = (SpecEdit.Done)edit;
        Assert.Equal(done.After.Text, document.With(done.Changes).Text);
        return done;
    }

    /// <summary>Does an operation, and compares all of the text.</summary>
    public static SpecDocument Becomes(SpecDocument document, SpecOperation operation, string text)
    {
        var done = Done(document, operation);
        Assert.Equal(text, done.After.Text);
        return done.After;
    }

    /// <summary>Does an operation, and compares the lines that change: those that go with a minus, those that come with a plus.</summary>
    public static SpecDocument Changes(SpecDocument document, SpecOperation operation, params IReadOnlyList<string> lines)
    {
        var done = Done(document, operation);
        Assert.Equal(lines, done.Lines.Select(line => $"{(line.IsAdded ? '+' : '-')}{line.Text}"));
        return done.After;
    }

    public static SpecRefusal Refusal(SpecDocument document, SpecOperation operation) => Assert.IsType<SpecEdit.Refused>(SpecEditor.Apply(document, operation)).Reason;
}
