using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs;

/// <summary>A name and where it was given.</summary>
internal readonly record struct SpecName(string Text, TextSpan At);
