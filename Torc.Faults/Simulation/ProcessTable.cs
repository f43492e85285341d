using Torc.Shared.Contracts;

namespace Torc.Faults.Simulation;

/// <summary>The processes of jobs on one node. They do not need a keeper to run, and do not end with one.</summary>
internal sealed class ProcessTable(World world)
{
    private readonly List<JobProcess> _alive = [];
    private int _lastPid = 100;

    public IReadOnlyList<JobProcess> Alive => _alive;

    public JobProcess Start(Assignment assignment, Action ended)
    {
        var plan = world.Plan.CourseOf(assignment.Attempt);
        var process = new JobProcess(++_lastPid, assignment, plan, world.Events.Now, ended);
        _alive.Add(process);
        if (plan.Lasts is { } lasts)
        {
            world.Events.In(lasts, () => End(process, plan.Status, byItself: true));
        }

        return process;
    }

    public void Signal(JobProcess process, int signal)
    {
        const int kill = 9;
        if (signal == kill)
        {
            End(process, kill, byItself: false);
        }
        else if (process.Course.EndsWhenAsked is { } after)
        {
            world.Events.In(after, () => End(process, process.Course.StatusWhenAsked, byItself: false));
        }
    }

    public void KillAll()
    {
        foreach (var process in _alive.ToList())
        {
            process.IsUnseen = true;
            End(process, status: 9, byItself: false);
        }
    }

    private void End(JobProcess process, int status, bool byItself)
    {
        if (!_alive.Remove(process))
        {
            return;
        }

        if (world.IsTold)
        {
            world.Tell($"attempt {process.Attempt} ends with status {status}{(byItself ? "" : ", made to")}");
        }

        process.Status = status;
        process.EndedByItself = byItself;
        process.Ended();
    }
}
