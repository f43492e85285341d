namespace Torc.Web.Workflows;

/// <summary>A page of a list.</summary>
/// <param name="After">The last entry of the page before; null for the first page.</param>
/// <param name="Most">How many entries it has at most, at least 1.</param>
public readonly record struct PageOf(long? After, int Most)
{
    /// <summary>The whole list on one page.</summary>
    public static PageOf All { get; } = new(null, int.MaxValue);
}
