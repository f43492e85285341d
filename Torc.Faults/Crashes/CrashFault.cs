using Torc.Faults.Sites;
namespace Torc.Faults.Crashes;

/// <summary>One thing that is done to the processes of a site.</summary>
/// <param name="At">After the workflow was started.</param>
/// <param name="StoppedFor">How long SIGSTOP holds them; null for kill -9.</param>
/// <param name="DownFor">How long a killed server stays away. Agents and keepers are started again by the product itself.</param>
internal sealed record CrashFault(TimeSpan At, SitePrograms Targets, TimeSpan? StoppedFor, TimeSpan DownFor);
