using System.Collections.Concurrent;
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

    /// <summary>While some are on their way, others are put together.</summary>
    private const int QuestionsAtOnce = 4;

    /// <summary>Large files take their time to be read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="nodeOf">Where a file, by its position, was last seen; null if nobody knows. Where that node is not connected, another is asked.</param>
    /// <param name="positions">Which files to look at.</param>
    /// <returns>By path; those that nobody could look at are unknown.</returns>
    public async Task<IReadOnlyDictionary<string, FileFact>> LookAsync(
        ActiveWorkflow workflow, IEnumerable<int> positions, Func<int, NodeId?> nodeOf, KnownContents known, CancellationToken cancel)
    {
        var definition = workflow.State.Definition;
        var questions =
            from position in positions
            group definition.Files[position].Path by connections.Nearest(nodeOf(position)) into files
            from paths in files.Distinct().Chunk(FilesPerQuestion)
            select (Connection: files.Key, Paths: paths);
        var facts = new ConcurrentDictionary<string, FileFact>();
        var digests = new ConcurrentQueue<FileDigest>();
        await Parallel.ForEachAsync(
            questions,
            new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancel },
            async (question, cancel) =>
            {
                foreach (var fact in await FactsAsync(question.Connection, question.Paths, cancel))
                {
                    facts[fact.Path] = fact;
                    if (fact is { Identity: { } identity, Digest: { } digest, ReadAt: { } readAt } && known.IsNews(fact))
                    {
                        digests.Enqueue(new FileDigest(workflow.State.Id, fact.Path, identity, digest, readAt));
                    }
                }
            });
        if (!digests.IsEmpty)
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

        async Task<IEnumerable<FileFact>> FactsAsync(string? connection, string[] paths, CancellationToken cancel)
        {
            if (connection is null)
            {
                return Unknown(paths, "no node is connected that could look");
            }

            var answer = await AskAsync(connection, workflow.Head.WorkingDirectory, [.. paths.Select(path => new KnownFile(path, known.IdentityOf(path)))], cancel);
            return answer.Count == 0 ? paths.Select(known.FactOf) : answer.Concat(paths.Except(answer.Select(fact => fact.Path)).Select(known.FactOf));
        }
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
