using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What happened to an open draft.</summary>
/// <param name="State">As it is now.</param>
/// <param name="Changes">What made its text of the one before; empty if the text is the same.</param>
/// <param name="By">The page that did it; null for others.</param>
public sealed record DraftNews(DraftState State, IReadOnlyList<TextChange> Changes, object? By);
