namespace Torc.Shared.Contracts;

/// <summary>What a change would do; nothing was changed.</summary>
/// <param name="Would">In a sentence.</param>
public sealed record DryRunView(string Would);
