namespace Torc.Faults.Simulation;

internal enum FaultKind
{
    ServerIsKilled,
    ServerIsFrozen,
    AgentIsKilled,
    AgentIsFrozen,
    KeeperIsKilled,
    KeeperIsFrozen,
    NodeReboots,
    NodeIsDestroyed,
    NodeIsCutOff,
    ConnectionBreaks,
    NetworkIsSlow,
    StoreIsFull,
    DiskIsFull,
    WorkflowIsStopped,
    JobsAreStopped,
    NodeIsDeclaredGone,
    JobsRunAgain,
}
