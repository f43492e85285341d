namespace Torc.Benchmarks.Peers;

/// <summary>One of the tools that are measured side by side.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Runs all jobs of a workload.</summary>
    /// <param name="folder">An empty folder for its files, and where its jobs run.</param>
    /// <returns>How long it took, from when it was asked to when the last job had ended and the tool knew.</returns>
    /// <exception cref="InvalidOperationException">Not every job went well.</exception>
    Task<TimeSpan> RunAsync(Workload workload, string folder, CancellationToken cancel);

    /// <summary>Finds out once more what there is to do in a folder whose jobs have all run, which is nothing.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="InvalidOperationException">It found something to do.</exception>
    Task<TimeSpan> FindNothingToDoAsync(Workload workload, string folder, CancellationToken cancel);
}
