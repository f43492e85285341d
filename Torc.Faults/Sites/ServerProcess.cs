using Torc.Agent.Running;

namespace Torc.Faults.Sites;

/// <summary>A server that this process has started. Several may wait for its end, which the system tells only once.</summary>
internal sealed class ServerProcess(DetachedProcess process)
{
    private readonly Lock _gate = new();
    private int? _exitCode;

    public int Pid => process.Pid;

    /// <summary>128 plus the signal's number if a signal ended it; null while it runs.</summary>
    public int? ExitCode
    {
        get
        {
            lock (_gate)
            {
                return _exitCode ??= process.TryReap(out int exitCode) ? exitCode : null;
            }
        }
    }
}
