namespace Torc.Agent.Files;

/// <summary>Runs what may block for long, such as a read from a share that hangs, where it keeps nobody else waiting.</summary>
internal static class Aside
{
    /// <summary>Runs it on a thread of its own.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static Task RunAsync(Action work, CancellationToken cancel) =>
        Task.Factory.StartNew(work, cancel, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
