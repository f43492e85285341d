namespace Torc.Shared.Reruns;

/// <param name="What">Such as "command" and "requirements".</param>
public sealed record ChangedJob(string Name, IReadOnlyList<string> What);
