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
    private readonly TemporaryFolder _folder = new();
    private readonly NodeFiles _files = new(new FakeTimeProvider(DateTimeOffset.UtcNow));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_said_of_a_file_that_is_as_it_is_known()
    {
        Write("a", "text");
        Write("b", "text");

        var fact = Assert.Single(await InspectManyAsync(new KnownFile("a", Identity("a")), new KnownFile("b")));

        Assert.Equal("b", fact.Path);
        Assert.StartsWith("xxh128:", fact.Digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_another_now_is_read()
    {
        Write("a", "text");
        var known = new KnownFile("a", Identity("a"));

        Write("a", "other text");

        var fact = await InspectAsync(known);
        Assert.StartsWith("xxh128:", fact.Digest, StringComparison.Ordinal);
        Assert.Equal(Identity("a"), fact.Identity);
    }

    [Fact]
    public async Task One_that_is_gone_is_missing()
    {
        Write("a", "text");
        var known = new KnownFile("a", Identity("a"));

        File.Delete(_folder.At("a"));

        Assert.Equal(FileState.Missing, (await InspectAsync(known)).State);
    }

    [Fact]
    public async Task A_folder_is_read_whatever_is_known()
    {
        Directory.CreateDirectory(_folder.At("a"));

        var fact = await InspectAsync(new KnownFile("a", Identity("a")));

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
