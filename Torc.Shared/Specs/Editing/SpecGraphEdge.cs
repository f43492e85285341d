namespace Torc.Shared.Specs.Editing;

public sealed record SpecGraphEdge(SpecThing From, SpecThing To, SpecGraphOrigin Origin);
