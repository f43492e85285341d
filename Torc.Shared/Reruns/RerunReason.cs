namespace Torc.Shared.Reruns;

/// <summary>One reason with its evidence.</summary>
/// <param name="Sentence">For people, such as "Input inputs changed".</param>
/// <param name="Subject">The file, user data or job that it is about; null for the job itself.</param>
/// <param name="Before">What was recorded, such as a digest or the old command; null if there is nothing to compare.</param>
/// <param name="After">What is there now.</param>
public sealed record RerunReason(ReasonCode Code, string Sentence, string? Subject = null, string? Before = null, string? After = null);
