using Microsoft.Extensions.Time.Testing;
using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Files;

public sealed class FileInspectorTests : IDisposable
{
    private const string Told = "xxh128:told";

    private readonly TemporaryFolder _folder = new();
    private readonly NodeFiles _files = new(new FakeTimeProvider(DateTimeOffset.UtcNow));

    private static DateTimeOffset AtRest => DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_known_digest_of_a_file_that_was_at_rest_holds()
    {
        Write("a", "text");

        var fact = await InspectAsync(new KnownFile("a", Identity("a"), Told, AtRest));

        Assert.Equal((FileState.Present, Told), (fact.State, fact.Digest));
        Assert.True(fact.ReadAt > DateTimeOffset.UtcNow, "it was read when it was known to be");
    }

    [Fact]
    public async Task A_known_digest_of_a_file_that_had_just_been_written_does_not_hold()
    {
        Write("a", "text");

        var fact = await InspectAsync(new KnownFile("a", Identity("a"), Told, DateTimeOffset.UtcNow));

        Assert.StartsWith("xxh128:", fact.Digest, StringComparison.Ordinal);
        Assert.NotEqual(Told, fact.Digest);
    }

    [Fact]
    public async Task A_known_digest_of_a_file_that_is_another_now_does_not_hold()
    {
        Write("a", "text");
        var known = new KnownFile("a", Identity("a"), Told, AtRest);

        Write("a", "other text");

        var fact = await InspectAsync(known);
        Assert.NotEqual(Told, fact.Digest);
        Assert.Equal(Identity("a"), fact.Identity);
    }

    [Fact]
    public async Task A_known_digest_of_a_folder_never_holds()
    {
        Directory.CreateDirectory(_folder.At("a"));

        var fact = await InspectAsync(new KnownFile("a", Identity("a"), Told, AtRest));

        Assert.StartsWith("folder:", fact.Digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_told_in_the_order_in_which_they_were_asked_for()
    {
        string[] paths = [.. Enumerable.Range(0, 100).Select(number => $"file {number}")];
        foreach (string path in paths.Where((_, index) => index % 3 != 0))
        {
            Write(path, path);
        }

        var facts = await InspectManyAsync([.. paths.Select(path => new KnownFile(path))]);

        Assert.Equal(paths, facts.Select(fact => fact.Path));
        Assert.All(facts, (fact, index) => Assert.Equal(index % 3 == 0 ? FileState.Missing : FileState.Present, fact.State));
    }

    [Fact]
    public async Task One_that_is_canceled_says_so()
    {
        var inspection = new FileInspection(_folder.Path, [new KnownFile("a")]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _files.InspectAsync(inspection, new CancellationToken(canceled: true)));
        Assert.Equal(FileState.Missing, (await InspectAsync(new KnownFile("a"))).State);
    }

    private async Task<FileFact> InspectAsync(KnownFile file) => Assert.Single(await InspectManyAsync(file));

    private Task<IReadOnlyList<FileFact>> InspectManyAsync(params KnownFile[] files)
    {
        var cancel = TestContext.Current.CancellationToken;
        return _files.InspectAsync(new FileInspection(_folder.Path, files), cancel).WaitAsync(Waiting.Patience, cancel);
    }

    private FileIdentity? Identity(string path) => FileLook.At(_folder.Path, path).Identity;

    private void Write(string name, string text) => _folder.Write(name, text);
}
