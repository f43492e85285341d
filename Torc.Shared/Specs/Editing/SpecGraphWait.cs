using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>A job that waits for another.</summary>
/// <param name="Because">What the one needs and the other produces; null if the job names the other.</param>
public sealed record SpecGraphWait(SpecThing Job, SpecThing For, SpecThing? Because)
{
    /// <summary>A sentence for people: why it waits.</summary>
    public string Words => Because is { } thing
        ? $"{Shown(Job)} waits for {Shown(For)} because it needs {Shown(thing)}, which {Shown(For)} produces."
        : $"{Shown(Job)} waits for {Shown(For)} because it names it in depends_on.";

    private static string Shown(SpecThing thing) => Quoting.Shorten(thing.Name);
}
