using Torc.Shared.Reruns;

namespace Torc.Web.Engine;

/// <summary>What the event of a run's start says of it.</summary>
internal sealed record RunStartedData(RerunScope? Scope, string By, int Jobs);
