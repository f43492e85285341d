namespace Torc.Shared.Contracts;

public enum SearchKind
{
    Workflow,
    Job,
    Node,
}

/// <summary>Something that a search found.</summary>
/// <param name="Id">Its number among its kind.</param>
/// <param name="Rank">How well it fits: 0 is called just so, 1 begins so, 2 has all the words somewhere.</param>
/// <param name="Detail">What tells it from others of its name, for people.</param>
/// <param name="Address">Its page, relative to the base of the site.</param>
public sealed record SearchHit(SearchKind Kind, long Id, string Name, int Rank, string Detail, string Address);
