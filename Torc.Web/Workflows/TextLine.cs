using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>A line of a spec, or of two that are compared.</summary>
/// <param name="Number">In the text that has it, from 1.</param>
internal readonly record struct TextLine(int Number, DiffSide Side, string Text);
