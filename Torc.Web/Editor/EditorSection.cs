using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>A part of the form.</summary>
/// <param name="Heading">Null for the first part, which is always open.</param>
/// <param name="Note">Beside the heading; null for nothing.</param>
/// <param name="Owner">Whose fields they are: of a job's class the class.</param>
internal sealed record EditorSection(string? Heading, string? Note, bool IsOpen, SpecThing Owner, IReadOnlyList<SpecFormField> Fields, EditorExtra Extra);
