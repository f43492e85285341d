using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Running;

/// <param name="Status">As <c>wait4</c> gives it; see <see cref="WaitStatus"/>.</param>
/// <param name="Usage">Of all processes of the attempt, as far as the system summed it up.</param>
/// <param name="RanOutOfMemory">The kernel has ended one of its processes for going over the attempt's memory.</param>
/// <param name="IsOfRecovery">It was the recovery script that ended; the command was not started.</param>
internal readonly record struct EndedProcess(AttemptId Attempt, int Status, AttemptUsage Usage, bool RanOutOfMemory = false, bool IsOfRecovery = false);
