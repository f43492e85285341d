using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Engine;

namespace Torc.Web.Reruns;

/// <summary>Asks agents what is in the files of a workflow now, and remembers what they read.</summary>
internal sealed class NodeFiles(AgentConnections connections, IHubContext<AgentHub, IAgentClient> hub, WorkflowEngine engine)
{
    /// <summary>An answer has to fit into a message of the hub.</summary>
    private const int FilesPerQuestion = 1_000;

    /// <summary>Large files take their time to be read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="nodeOf">Where a file, by its position, was last seen; null if nobody knows. Where that node is not connected, another is asked.</param>
    /// <param name="positions">Which files to look at.</param>
    /// <returns>By path; those that nobody could look at are unknown.</returns>
    public async Task<IReadOnlyDictionary<string, FileFact>> LookAsync(
        ActiveWorkflow workflow, IEnumerable<int> positions, Func<int, NodeId?> nodeOf, IReadOnlyList<KnownContent> known, CancellationToken cancel)
    {
        var definition = workflow.State.Definition;
        var newest = known.GroupBy(content => content.Path).ToDictionary(group => group.Key, group => group.MaxBy(content => content.ReadAt)!);
        var facts = new Dictionary<string, FileFact>();
        var digests = new List<FileDigest>();
        foreach (var group in positions.GroupBy(position => connections.Nearest(nodeOf(position))))
        {
            foreach (int[] some in group.Chunk(FilesPerQuestion))
            {
                string[] paths = [.. some.Select(position => definition.Files[position].Path).Distinct()];
                var answers = group.Key is { } connection
                    ? await AskAsync(connection, workflow.Head.WorkingDirectory, [.. paths.Select(Known)], cancel)
                    : Unknown(paths, "no node is connected that could look");
                foreach (var fact in answers)
                {
                    facts[fact.Path] = fact;
                    if (fact is { Identity: { } identity, Digest: { } digest, ReadAt: { } readAt } && IsNews(fact))
                    {
                        digests.Add(new FileDigest(workflow.State.Id, fact.Path, identity, digest, readAt));
                    }
                }
            }
        }

        if (digests.Count > 0)
        {
            await engine.ChangeAsync(
                (_, commit, _) =>
                {
                    commit.Digests.AddRange(digests);
                    return true;
                },
                cancel);
        }

        return facts;

        KnownFile Known(string path) => newest.TryGetValue(path, out var content) && FileIdentity.Parse(content.Identity) is { } identity
            ? new KnownFile(path, identity, content.Digest, content.ReadAt)
            : new KnownFile(path);

        bool IsNews(FileFact fact) =>
            !newest.TryGetValue(fact.Path, out var content) || content.Identity != fact.Identity.ToString() || content.Digest != fact.Digest || content.ReadAt != fact.ReadAt;
    }

    private async Task<IReadOnlyList<FileFact>> AskAsync(string connection, string workingDirectory, IReadOnlyList<KnownFile> files, CancellationToken cancel)
    {
        try
        {
            return await hub.Clients.Client(connection).InspectFiles(new FileInspection(workingDirectory, files)).WaitAsync(Patience, cancel);
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or HubException)
        {
            return Unknown(files.Select(file => file.Path), "its node did not answer");
        }
    }

    private static IReadOnlyList<FileFact> Unknown(IEnumerable<string> paths, string problem) =>
        [.. paths.Select(path => new FileFact(path, FileState.Unknown, Problem: problem))];
}
