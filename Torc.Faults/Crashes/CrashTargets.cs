namespace Torc.Faults.Crashes;

/// <summary>The processes that a fault can hit; several at the same moment.</summary>
[Flags]
internal enum CrashTargets
{
    None = 0,
    Server = 1,
    Agent = 2,
    Keeper = 4,
    All = Server | Agent | Keeper,
}
