namespace Torc.Shared.Reruns;

public sealed record RenamedJob(string Old, string New);
