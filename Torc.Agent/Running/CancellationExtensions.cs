using System.Diagnostics.CodeAnalysis;

namespace Torc.Agent.Running;

internal static class CancellationExtensions
{
    /// <summary>
    /// Cancels here and now. <c>CancelAsync</c> would go by the thread pool, and a run of the simulator, which replays all that
    /// happens on one thread, could not be repeated.
    /// </summary>
    [SuppressMessage("Design", "MA0045", Justification = "What it calls is not to go elsewhere.")]
    public static void CancelHere(this CancellationTokenSource source) => source.Cancel();
}
