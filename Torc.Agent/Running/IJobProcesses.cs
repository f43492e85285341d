using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Agent.Running;

/// <summary>What the keeper asks of the machine: the processes of attempts, and the files that they leave behind.</summary>
internal interface IJobProcesses
{
    MemoryGuard MemoryGuard { get; }

    /// <summary>Calls back, on any thread, whenever there may be something to <see cref="Reap"/>.</summary>
    void Watch(Action childEnded);

    /// <summary>Starts the command of an assignment, in a session of its own.</summary>
    /// <param name="gpus">What the attempt was given: the names by which its programs find them.</param>
    StartedProcess Start(Assignment assignment, IReadOnlyList<string> gpus, string? apiUrl);

    /// <summary>The attempts whose command has ended since the last call. What they left running goes on; see <see cref="Signal"/>.</summary>
    IReadOnlyList<EndedProcess> Reap();

    /// <summary>Sends a signal to all processes of an attempt that can be found. Of one whose command has ended, those are found that were there at the last <see cref="Reap"/>.</summary>
    /// <param name="signal">0 sends none, and only looks.</param>
    /// <returns>How many there were, without those that have ended. After <see cref="Reap"/> told of its command, 0 means that nothing is left.</returns>
    int Signal(AttemptId attempt, int signal);

    /// <summary>The attempt is over: what turns up of it from now on is ended when it is found.</summary>
    void Release(AttemptId attempt);

    /// <summary>Measures all attempts that run.</summary>
    IReadOnlyList<TreeUse> Sample();

    /// <summary>The inputs of an assignment as they are now, in its order.</summary>
    IReadOnlyList<RecordedFile> LookAtInputs(Assignment assignment);

    /// <summary>The outputs of an assignment as they are now, in its order.</summary>
    IReadOnlyList<RecordedFile> LookAtOutputs(Assignment assignment);

    /// <summary>How long the logs of an attempt are now.</summary>
    LogLengths LookAtLogs(AttemptId attempt);
}
