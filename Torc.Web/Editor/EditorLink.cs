using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <param name="Source">Where the spec says it, if not in a list: <c>in the command</c>. Null for a list.</param>
/// <param name="Words">The whole sentence.</param>
/// <param name="Removal">What takes it away.</param>
internal sealed record EditorLink(SpecThing Other, string? Source, string Words, SpecOperation Removal);
