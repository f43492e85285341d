namespace Torc.Shared.Contracts;

/// <summary>A spec that somebody is writing.</summary>
/// <param name="Address">Of its page, relative to the server's.</param>
/// <param name="Problems">What is wrong with it so far, errors among them: a draft may have any.</param>
public sealed record DraftView(long Id, string Address, int Problems);
