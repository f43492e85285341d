namespace Torc.Agent.Running;

/// <summary>
/// One thread that sleeps until a child of this process has ended. It leaves the child unreaped: as long as it is, its number
/// cannot be given to another process, and killing its group can hit nobody else.
/// </summary>
internal sealed class ChildWatch
{
    private readonly object _gate = new();
    private readonly Action _childEnded;
    private bool _mayResume;

    /// <param name="childEnded">Called once, and again after each <see cref="Resume"/> if a child has ended by then.</param>
    public ChildWatch(Action childEnded)
    {
        _childEnded = childEnded;
        new Thread(Watch) { IsBackground = true, Name = "child watch" }.Start();
    }

    /// <summary>Everything that had ended was reaped, or there is a new child.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _mayResume = true;
            Monitor.Pulse(_gate);
        }
    }

    private void WaitForResume()
    {
        lock (_gate)
        {
            while (!_mayResume)
            {
                Monitor.Wait(_gate);
            }

            _mayResume = false;
        }
    }

    private unsafe void Watch()
    {
        byte* info = stackalloc byte[Libc.SizeOfSignalInfo];
        while (true)
        {
            if (Libc.WaitId(Libc.WaitAll, 0, info, Libc.WaitExited | Libc.WaitNoWait) == 0)
            {
                _childEnded();
            }
            else if (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.EIntr)
            {
                continue;
            }

            // Also when there is no child at all: the next one is announced.
            WaitForResume();
        }
    }
}
