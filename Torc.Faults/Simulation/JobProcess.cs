using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Faults.Simulation;

/// <summary>One command that runs, or has ended.</summary>
internal sealed class JobProcess(int pid, Assignment assignment, Course course, TimeSpan startedAt, Action ended)
{
    public int Pid { get; } = pid;

    public Assignment Assignment { get; } = assignment;

    public AttemptId Attempt => Assignment.Attempt;

    public Course Course { get; } = course;

    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>As <c>wait4</c> says; null while it runs.</summary>
    public int? Status { get; set; }

    public bool EndedByItself { get; set; }

    /// <summary>Nobody waits for it: it was ended with its machine, or by a later keeper.</summary>
    public bool IsUnseen { get; set; }

    public Action Ended { get; } = ended;
}
