using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>A job that writes or reads a file.</summary>
public sealed record FileJob(JobId Id, string Name);
