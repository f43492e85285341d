namespace Torc.Shared.Specs.Schema;

/// <summary>Whole numbers that other programs take, and that come to nothing.</summary>
/// <param name="From">The first that means something.</param>
/// <param name="To">The last that does.</param>
/// <param name="Why">What is the matter with the others.</param>
internal sealed record WholeDoubt(int From, int To, string Why);
