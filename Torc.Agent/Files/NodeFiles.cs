using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>What an agent knows of the files on its node.</summary>
internal sealed class NodeFiles
{
    private readonly FileInspector _inspector;

    public NodeFiles(TimeProvider time)
    {
        var digester = new FileDigester(time);
        _inspector = new FileInspector(digester);
        Backlog = new DigestBacklog(digester, time);
    }

    public DigestBacklog Backlog { get; }

    /// <inheritdoc cref="FileInspector.InspectAsync"/>
    public Task<IReadOnlyList<FileFact>> InspectAsync(FileInspection inspection, CancellationToken cancel) => _inspector.InspectAsync(inspection, cancel);
}
