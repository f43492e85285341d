using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>What jobs write, from the node's disk to who reads it, with real processes.</summary>
public sealed class LogTests
{
    /// <summary>200,000 lines in some seconds: NEEDLE stands in lines 7 and 150,000, and every 20,000th says when it was written.</summary>
    private const string Long = """
        name: long
        jobs:
          - name: print
            command: |
              for part in 0 1 2 3 4 5 6 7 8 9; do
                seq $((part * 20000 + 1)) $((part * 20000 + 19999)) | sed -e 's/^7$/7 NEEDLE/' -e 's/^150000$/150000 NEEDLE/' -e 's/^/line /'
                echo "at $(date +%s%3N)"
                sleep 0.3
              done
              echo "Traceback (most recent call last):" >&2
              test $TORC_ATTEMPT_ID = 2
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_log_is_followed_searched_and_downloaded_and_outlives_a_rerun()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Long);
        var job = Assert.Single(await site.JobsAsync(workflow, jobs => jobs[0].Status == JobStatus.Running, "it runs"));

        var (followed, delays, end) = await FollowAsync(site, Address(job, 1, "/stream"));

        byte[] written = await File.ReadAllBytesAsync(site.LogFile(job, 1, "stdout"), Cancel);
        Assert.Equal(200_000, written.AsSpan().Count((byte)'\n'));
        Assert.Equal(Hash(written), Hash(followed));
        Assert.Null(end.Note);
        Assert.Equal(10, delays.Count);
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(2)));

        var found = await site.Http.GetFromJsonAsync(Address(job, 1, "/search?pattern=NEEDLE"), TorcJson.Default.LogMatches, Cancel);
        Assert.Equal((2L, "7,150000"), (found!.Count, string.Join(',', found.Matches.Select(match => match.Line))));
        var errors = await site.Http.GetFromJsonAsync(Address(job, 1, "/search?stream=stderr&pattern=^T&regex=true&limit=0"), TorcJson.Default.LogMatches, Cancel);
        Assert.Equal((1L, 1L), (errors!.Count, errors.FirstError!.Line));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.Http.GetAsync(Address(job, 1, "/search?pattern=(&regex=true"), Cancel)).StatusCode);

        using var download = await site.Http.GetAsync(Address(job, 1, "/download"), Cancel);
        Assert.Equal(Hash(written), Hash(await download.Content.ReadAsByteArrayAsync(Cancel)));
        Assert.Equal("attachment; filename=\"print.1.stdout.log\"", download.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());

        using var line = await site.Http.GetAsync(Address(job, 1, "?from_line=150000&lines=1"), Cancel);
        Assert.Equal(("line 150000 NEEDLE\n", "150000"), (await line.Content.ReadAsStringAsync(Cancel), line.Headers.GetValues("Torc-Log-First-Line").Single()));
        using var bytes = await site.Http.GetAsync(Address(job, 1, "?offset=-30&length=20&whole_lines=false"), Cancel);
        Assert.Equal(written[^30..^10], await bytes.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((written.Length - 30).ToString(CultureInfo.InvariantCulture), bytes.Headers.GetValues("Torc-Log-Offset").Single());
        using var tail = await site.Http.GetAsync(Address(job, 1, "?offset=-20&length=20&whole_lines=true&count_lines=true"), Cancel);
        Assert.Equal("200000", tail.Headers.GetValues("Torc-Log-First-Line").Single());

        await site.EndAsync(workflow);
        var (_, answer) = await site.TorcAsync("rerun", workflow.ToString(), "--yes");
        await site.JobsAsync(workflow, jobs => jobs[0] is { Attempt: 2, Status: JobStatus.Completed }, $"it ran again: {answer}");
        Assert.Equal(Hash(written), Hash(await site.Http.GetByteArrayAsync(Address(job, 1, "/download"), Cancel)));
        Assert.Equal(Hash(await File.ReadAllBytesAsync(site.LogFile(job, 2, "stdout"), Cancel)), Hash(await site.Http.GetByteArrayAsync(Address(job, 2, "/download"), Cancel)));
    }

    [Fact]
    public async Task The_server_keeps_the_start_and_the_end_when_the_node_is_gone_also_if_the_agent_was_killed_in_between()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: kept
            jobs:
              - {name: long, command: "seq 300000; echo small >&2"}
              - {name: quiet, command: "true"}
            """);
        await site.EndAsync(workflow);

        // Nothing has been fetched yet: it waits for others to be fetched with.
        await site.KillAgentAsync();
        await Waiting.UntilAsync(() => DueAsync(site), due => due == 0, "nothing is left to fetch", Site.Patience);
        Assert.Equal(2, Kept(site).Length);
        await site.KillServerAsync();
        await site.KillAgentAsync();
        await site.KillKeeperAsync();
        await site.StartServerAloneAsync();

        var jobs = await site.JobsAsync(workflow);
        string whole = await site.Http.GetStringAsync(Address(jobs[0], 1, "/download"), Cancel);
        Assert.StartsWith("1\n2\n3\n", whole, StringComparison.Ordinal);
        Assert.EndsWith("299999\n300000\n", whole, StringComparison.Ordinal);
        string cut = Assert.Single(whole.Split('\n'), part => part.Contains("left out", StringComparison.Ordinal));
        Assert.Matches("^… .+ KiB of .+ MiB left out: they were on node .+, which is not connected …$", cut);
        Assert.Equal("small\n", await site.Http.GetStringAsync(Address(jobs[0], 1, "?stream=stderr"), Cancel));
        Assert.Equal("", await site.Http.GetStringAsync(Address(jobs[1], 1, ""), Cancel));

        using var line = await site.Http.GetAsync(Address(jobs[0], 1, "?from_line=299999&lines=5"), Cancel);
        Assert.Equal(("299999\n300000\n", "299999"), (await line.Content.ReadAsStringAsync(Cancel), line.Headers.GetValues("Torc-Log-First-Line").Single()));
        var found = await site.Http.GetFromJsonAsync(Address(jobs[0], 1, "/search?pattern=^299999$&regex=true"), TorcJson.Default.LogMatches, Cancel);
        Assert.Equal((299_999L, false), (Assert.Single(found!.Matches).Line, found.IsComplete));
        Assert.Equal(cut, found.Note);

        File.Delete(Kept(site).Single(file => file.EndsWith(".err", StringComparison.Ordinal)));
        using var gone = await site.Http.GetAsync(Address(jobs[0], 1, "?stream=stderr"), Cancel);
        Assert.Contains("which has not been connected since 20", await gone.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_prints_greps_follows_and_collects_what_failed()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: words
            jobs:
              - {name: good, command: "printf 'one\\ntwo\\nthree'"}
              - {name: bad job, command: "echo why; echo no >&2; exit 3"}
              - {name: after, command: "true", depends_on: [bad job]}
            """);
        await site.EndAsync(workflow);

        Assert.Equal((0, "one\ntwo\nthree"), await site.TorcAsync("logs", "last", "good"));
        Assert.Equal((0, "one\ntwo\nthree"), await site.TorcAsync("logs", "words", "good", "-f"));
        Assert.Equal((0, "three"), await site.TorcAsync("logs", "last", "good", "--tail", "1"));
        Assert.Equal((0, "two\n"), await site.TorcAsync("logs", "last", "good", "--lines", "2-2"));
        Assert.Equal((0, "2: two\n3: three\n"), await site.TorcAsync("logs", "last", "good", "--grep", "^t"));
        Assert.Equal((5, ""), await site.TorcAsync("logs", "last", "good", "--grep", "four"));
        Assert.Equal(8, (await site.TorcAsync("logs", "last", "good", "--grep", "(")).ExitCode);
        Assert.Equal((5, "Not found. The job has not started.\n"), await site.TorcAsync("logs", "last", "after"));
        Assert.Equal((5, "Not found. The job has no attempt 7; its newest is 1.\n"), await site.TorcAsync("logs", "last", "good", "--attempt", "7"));
        Assert.Equal(2, (await site.TorcAsync("logs", "last")).ExitCode);
        var json = await site.TorcAsync("logs", "last", "good", "--json");
        Assert.Equal("""{"job":"good","attempt":1,"stream":"stdout","line":2,"text":"two"}""", json.Output.Split('\n')[1]);
        var failed = await site.TorcAsync("logs", "last", "--failed");
        Assert.Equal("== bad job, attempt 1, stderr: Failed: exit code 3.\nno\n== bad job, attempt 1, stdout\nwhy\n", failed.Output);

        Assert.Equal(0, (await site.TorcAsync("logs", "last", "--failed", "--download", "failed.zip")).ExitCode);
        await using var zip = await ZipFile.OpenReadAsync(Path.Combine(site.Work, "failed.zip"), Cancel);
        Assert.Equal(["bad_job.1.stderr.log", "bad_job.1.stdout.log", "about.txt"], zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(await zip.Entries[0].OpenAsync(Cancel));
        Assert.Equal("no\n", await reader.ReadToEndAsync(Cancel));
    }

    private static string Address(JobView job, int attempt, string rest) => $"/api/v1/jobs/{job.Id}/attempts/{attempt}/log{rest}";

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    // By the store: a file that is there was perhaps not yet noted as kept.
    private static async Task<long> DueAsync(Site site)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = site.Data.Database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM attempts WHERE logs_due_on IS NOT NULL";
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static string[] Kept(Site site) =>
        Directory.Exists(site.Data.Logs) ? Directory.GetFiles(site.Data.Logs, "*.???", SearchOption.AllDirectories).Where(file => !file.EndsWith(".new", StringComparison.Ordinal)).ToArray() : [];

    /// <returns>All that came, how late each line came that says when it was written, and the last word.</returns>
    private static async Task<(byte[] Written, IReadOnlyList<TimeSpan> Delays, LogNews End)> FollowAsync(Site site, string address)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Site.Patience);
        var written = new MemoryStream();
        var delays = new List<TimeSpan>();
        await using var body = await site.Http.GetStreamAsync(address, patience.Token);
        await foreach (var item in SseParser.Create(body, (_, data) => JsonSerializer.Deserialize(data, TorcJson.Default.LogNews)!).EnumerateAsync(patience.Token))
        {
            var now = DateTimeOffset.UtcNow;
            if (item.EventType == "end")
            {
                return (written.ToArray(), delays, item.Data);
            }

            string text = item.Data.Text ?? "";
            written.Write(Encoding.UTF8.GetBytes(text));
            Assert.Equal(written.Length.ToString(CultureInfo.InvariantCulture), item.EventId);
            delays.AddRange(text.Split('\n').Where(line => line.StartsWith("at ", StringComparison.Ordinal) && line.Length == 16)
                .Select(line => now - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(line[3..], CultureInfo.InvariantCulture))));
        }

        throw new InvalidOperationException("it ended without a word");
    }
}
