using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Why a spec is not changed as somebody wished.</summary>
public abstract record SpecRefusal
{
    private SpecRefusal()
    {
    }

    /// <summary>A sentence or two for people.</summary>
    public abstract string Why { get; }

    /// <param name="Producer">The job that produces it already.</param>
    public sealed record SecondProducer(SpecThing Thing, string Producer) : SpecRefusal
    {
        public override string Why => $"{Shown(Producer)} produces {Shown(Thing.Name)} already, and only one job can.";
    }

    /// <param name="Way">From a job through what it produces, or through jobs that wait for it, back to it.</param>
    public sealed record Loop(IReadOnlyList<string> Way) : SpecRefusal
    {
        public override string Why => $"That would make a loop: {string.Join(" → ", Way.Select(Shown))}.";

        public bool Equals(Loop? other) => other is not null && Way.SequenceEqual(other.Way);

        public override int GetHashCode() => Way.Count;
    }

    public sealed record NameTaken(SpecThing Thing) : SpecRefusal
    {
        public override string Why => $"There is {Word(Thing.Kind)} called {Quoting.Quote(Thing.Name)} already. Choose another name.";
    }

    /// <param name="What">What is wrong with it.</param>
    public sealed record NameNotAllowed(string Name, string What) : SpecRefusal
    {
        public override string Why => $"{Sentence(What)}. A name has letters, digits, spaces inside, and signs other than / \\ \" < > | * ? ; ` $ {{ }}.";
    }

    public sealed record NotThere(SpecThing Thing) : SpecRefusal
    {
        public override string Why => $"The spec has no {Word(Thing.Kind, withArticle: false)} {Quoting.Quote(Thing.Name)}.";
    }

    /// <summary>Two things that nothing can connect, such as two files.</summary>
    public sealed record NotConnectable(SpecThing From, SpecThing To) : SpecRefusal
    {
        public override string Why => $"{Sentence(Word(From.Kind))} cannot be connected to {Word(To.Kind)}: a job lies between them.";
    }

    /// <summary>A copy of a job would need or produce something that is not there, since the two do not have the same parameters.</summary>
    public sealed record NoSuchCopy(string Job, string Missing) : SpecRefusal
    {
        public override string Why => $"Parameters make {Shown(Job)}, and nothing is called {Quoting.Quote(Missing)}. Give both the same parameters.";
    }

    /// <summary>A job waits for another because of what it needs, so that there is no such line to take away.</summary>
    public sealed record Derived(string Job, string Waits, string Because) : SpecRefusal
    {
        public override string Why => $"{Shown(Job)} waits for {Shown(Waits)} because it needs {Shown(Because)}, which {Shown(Waits)} produces. Disconnect {Shown(Because)} from one of them.";
    }

    /// <summary>The spec says it otherwise than by the name alone, such as by a regular expression.</summary>
    /// <param name="Job">Who says it.</param>
    /// <param name="Line">From 1.</param>
    public sealed record SaidOtherwise(string Job, string Thing, int Line) : SpecRefusal
    {
        public override string Why => $"{Shown(Job)} refers to {Shown(Thing)} in line {Line} otherwise than by its name, so that only a change of the text can tell what is meant.";
    }

    /// <summary>What was wanted would be a mistake.</summary>
    public sealed record Mistake(Diagnostic Problem) : SpecRefusal
    {
        public override string Why => $"The spec would have a mistake: {Problem.Message}{(Problem.Help is { } help ? $" ({help})" : "")}.";
    }

    /// <param name="Wanted">What the field takes.</param>
    public sealed record WrongValue(string Field, string Value, string Wanted) : SpecRefusal
    {
        public override string Why => $"{Field} must be {Wanted}, not {Quoting.Quote(Value)}.";
    }

    public sealed record NoSuchField(SpecThing Thing, string Field) : SpecRefusal
    {
        public override string Why => $"{Sentence(Word(Thing.Kind))} has no {Quoting.Quote(Field)} that could be set alone.";
    }

    /// <summary>The text would say the same thing elsewhere too, since YAML lets it share what it says.</summary>
    /// <param name="Line">From 1.</param>
    public sealed record Shared(int Line) : SpecRefusal
    {
        public override string Why => $"What stands in line {Line} is used in several places of the text, by an anchor (&), an alias (*) or a merge key (<<). Change the text itself.";
    }

    /// <summary>The text breaks the rules of its notation.</summary>
    /// <param name="Problem">The first that is wrong; null if it is empty.</param>
    public sealed record Unreadable(Diagnostic? Problem) : SpecRefusal
    {
        public override string Why => Problem is null ? "The text is empty." : $"The text cannot be read{(Problem.Line is { } line ? $" (line {line})" : "")}: {Problem.Message}.";
    }

    /// <summary>A notation that is read and not edited.</summary>
    public sealed record NotEditable(string Notation) : SpecRefusal
    {
        public override string Why => $"{Notation} is read and not edited here. Convert it with `torc convert`.";
    }

    /// <summary>A text with errors is not written in another notation, since what is wrong may get lost.</summary>
    /// <param name="Problem">The first that is wrong.</param>
    public sealed record Unconverted(Diagnostic Problem) : SpecRefusal
    {
        public override string Why => $"Only a spec without errors can be converted{(Problem.Line is { } line ? $" (line {line})" : "")}: {Problem.Message}.";
    }

    /// <summary>The text is written in a way that leaves no room for the change alone.</summary>
    public sealed record NoRoom : SpecRefusal
    {
        public override string Why => "This spec is written in a way that leaves no room for such a change alone. Change its text, and give it to the workflow with `torc spec set`.";
    }

    /// <summary>What only one kind of edit has to say.</summary>
    public sealed record Other(string Words) : SpecRefusal
    {
        public override string Why => Words;
    }

    internal static string Word(SpecThingKind kind, bool withArticle = true) => (kind, withArticle) switch
    {
        (SpecThingKind.Job, true) => "a job",
        (SpecThingKind.Job, false) => "job",
        (SpecThingKind.File, true) => "a file",
        (SpecThingKind.File, false) => "file",
        (SpecThingKind.Dataset, true) => "a dataset",
        (SpecThingKind.Dataset, false) => "dataset",
        (SpecThingKind.UserData, _) => "user data",
        (SpecThingKind.Requirements, true) => "a class of resource requirements",
        (SpecThingKind.Requirements, false) => "class of resource requirements",
        (SpecThingKind.FailureHandler, true) => "a failure handler",
        (SpecThingKind.FailureHandler, false) => "failure handler",
        (SpecThingKind.Scheduler, true) => "a scheduler",
        (SpecThingKind.Scheduler, false) => "scheduler",
        _ => "the workflow",
    };

    private static string Shown(string name) => Quoting.Shorten(name);

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
