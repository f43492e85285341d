using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What a thing is connected with in one way.</summary>
/// <param name="Name">As tests call it: <c>needs</c>, <c>produces</c>, <c>waits</c>.</param>
/// <param name="Words">What people read.</param>
/// <param name="Others">What could be connected in this way too, each with the operation that does it.</param>
/// <param name="ByPattern">How many of the links no list and no command names.</param>
internal sealed record EditorLinks(string Name, string Words, IReadOnlyList<EditorLink> Links, IReadOnlyList<(SpecThing Other, SpecOperation Connection)> Others, int ByPattern);
