using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>A line on the canvas. Where it runs the browser says, which moves its ends.</summary>
/// <param name="IsDerived">It follows from files or data, so that it cannot be taken away by itself.</param>
/// <param name="Words">What it means, in a sentence.</param>
public sealed record EditorEdge(SpecThing From, SpecThing To, bool IsOrder, bool IsDerived, string Words);
