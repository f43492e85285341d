using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.EndToEnd;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>A log as a page, whatever its size: with a real job that prints 200,000 lines, and with a log of a few lines that a test makes up.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LogPageTests(Chromium chromium)
{
    /// <summary>
    /// 200,000 lines in 20 seconds: NEEDLE stands in lines 7 and 150,000, one line says Traceback, and every 10,000th says when it
    /// was written. The second attempt prints three.
    /// </summary>
    private const string Long = """
        name: long
        jobs:
          - name: print
            command: |
              if [ "$TORC_ATTEMPT_ID" = 2 ]; then printf 'one\ntwo\nthree\n'; exit 0; fi
              for part in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
                seq $((part * 10000 + 1)) $((part * 10000 + 9999)) | sed -e 's/^7$/7 NEEDLE/' -e 's/^150000$/150000 NEEDLE/' -e 's/^123456$/Traceback (most recent call last):/' -e 's/^/line /'
                if [ $part = 14 ]; then echo "NEEDLE"; else echo "at $(date +%s%3N)"; fi
                sleep 1
              done
              exit 1
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_of_200_000_lines_is_followed_left_searched_linked_to_and_outlives_a_rerun()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Long);
        var job = Assert.Single(await site.JobsAsync(workflow, jobs => jobs[0].Status == JobStatus.Running, "it runs"));
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);

        await visit.GoAsync($"/workflows/{workflow}/jobs/print?tab=log");
        await AssertFollowsAsync(visit);
        await AssertStaysWhileMoreComesAsync(visit);

        await visit.Page.Keyboard.PressAsync("Control+f");
        await visit.Page.Keyboard.TypeAsync("NEEDLE");
        await site.EndAsync(workflow);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Find("log-search-count")).ToHaveTextAsync("1 of 2 matches");
        Assert.Equal("line 7 NEEDLE", await MarkedAsync(visit, 7));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Find("log-search-count")).ToHaveTextAsync("2 of 2 matches");
        Assert.Equal("NEEDLE", await MarkedAsync(visit, 150_000));
        await visit.KeepPictureAsync("log-search");

        await Line(visit, 150_000).GetByRole(AriaRole.Button).ClickAsync();
        string link = visit.Page.Url;
        Assert.EndsWith("#L150000", link, StringComparison.Ordinal);
        await visit.Find("log-first-error").ClickAsync();
        Assert.Equal("line Traceback (most recent call last):", await MarkedAsync(visit, 123_456));
        await AssertCentredAsync(visit, 123_456);

        var other = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await other.GoAsync(link);
        Assert.Equal("NEEDLE", await MarkedAsync(other, 150_000));
        await AssertCentredAsync(other, 150_000);

        var (_, answer) = await site.TorcAsync("rerun", workflow.ToString(), "--yes");
        await site.JobsAsync(workflow, jobs => jobs[0] is { Attempt: 2, Status: JobStatus.Completed }, $"it ran again: {answer}");
        await AssertAttemptsAsync(visit, site, job);
        visit.AssertQuiet();
        other.AssertQuiet();
    }

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 600)]
    public async Task Colours_progress_bars_and_markup_are_shown_as_a_terminal_would_and_only_matches_if_asked_for(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        site.Workflows.Move(id, FakeWorkflows.Start, ("work2", JobStatus.Running, null));
        site.Log = string.Concat(Enumerable.Range(1, 300).Select(line => line switch
        {
            290 => "\u001b[1;31merror:\u001b[0m f2.json is \u001b[4mnot\u001b[0m JSON\n",
            291 => "\u001b[38;5;208morange\u001b[0m, \u001b[42mgreen behind\u001b[49m, \u001b]0;title\u0007plain\n",
            292 => "10 %\r50 %\r100 % done\n",
            293 => "<b>not bold</b> <script>alert(1)</script>\n",
            294 => "\n",
            295 => $"a long line: {string.Concat(Enumerable.Repeat("0123456789 ", 40))}\n",
            _ => $"2026-05-04T14:02:{line % 60:00}Z step {line} of 300\n",
        }));
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        await visit.GoAsync($"/workflows/{id}/jobs/work2?tab=log");
        await Visit.AssertSoonAsync(Line(visit, 300));
        await Visit.AssertSoonAsync(Line(visit, 292));
        await visit.KeepPictureAsync($"log-{(dark ? "dark" : "light")}-{width}");

        Assert.Equal("error: f2.json is not JSON", await TextAsync(visit, 290));
        Assert.Equal("orange, green behind, plain", await TextAsync(visit, 291));
        Assert.Equal("100 % done", await TextAsync(visit, 292));
        Assert.Equal("<b>not bold</b> <script>alert(1)</script>", await TextAsync(visit, 293));
        Assert.Equal("rgb(255 135 0)", await Line(visit, 291).Locator("span span").First.EvaluateAsync<string>("run => run.style.getPropertyValue('--torc-own')"));
        await visit.Find("log-wrap").ClickAsync();
        Assert.True(await Line(visit, 295).EvaluateAsync<int>("line => line.offsetHeight") > 18, "the long line is broken");
        await visit.KeepPictureAsync($"log-wrapped-{(dark ? "dark" : "light")}-{width}");

        await visit.Find("log-search").FillAsync("step 1");
        await Assertions.Expect(visit.Find("log-search-count")).ToHaveTextAsync("111 matches");
        await visit.Find("log-only").ClickAsync();
        await Assertions.Expect(visit.Find("log-match")).ToHaveCountAsync(111);
        await visit.KeepPictureAsync($"log-matches-{(dark ? "dark" : "light")}-{width}");
        await visit.Find("log-match").Nth(1).ClickAsync();
        Assert.Equal("2026-05-04T14:02:10Z step 10 of 300", await MarkedAsync(visit, 10));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_job_that_has_not_started_and_a_line_that_is_not_there_are_said()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        site.Log = "one\ntwo\n";
        var visit = await Visit.StartAsync(chromium, site.Address);

        await visit.GoAsync($"/workflows/{id}/jobs/work2?tab=log#L99");
        await Visit.AssertSoonAsync(visit.Find("no-attempt"));
        site.Workflows.Move(id, FakeWorkflows.Start, ("work2", JobStatus.Running, null));
        await Visit.AssertSoonAsync(Line(visit, 2));
        await Assertions.Expect(visit.Find("log-said")).ToHaveTextAsync("There is no line 99: this log has 2 so far.");

        await visit.Find("log-stderr").ClickAsync();
        await Assertions.Expect(visit.Find("log-empty")).ToHaveTextAsync("This log was not kept.");
        await visit.GoAsync($"/workflows/{id}/jobs/nobody?tab=log");
        await Visit.AssertSoonAsync(visit.Find("missing"));
    }

    // The newest line with a time in it is at most two seconds old whenever it is looked at, and few lines are in the page.
    private static async Task AssertFollowsAsync(Visit visit)
    {
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=log-view][data-state=following]"));
        string before = "";
        var ages = new List<long>();
        for (int look = 0; look < 4; look++)
        {
            // Line and clock are read at once: a moment later the line may be out of the page.
            var seen = await visit.Page.WaitForFunctionAsync($"before => {{ const newest = {Newest}; return newest !== '' && newest !== before ? [newest, String(Date.now())] : null; }}", before);
            string[] read = await seen.JsonValueAsync<string[]>();
            before = read[0];
            ages.Add(long.Parse(read[1], CultureInfo.InvariantCulture) - long.Parse(before["at ".Length..], CultureInfo.InvariantCulture));
            Assert.InRange(await visit.Find("log-line").CountAsync(), 1, 499);
        }

        Assert.InRange(ages.Max(), 0, 2_000);
        await visit.KeepPictureAsync("log-following");
    }

    private const string Newest = "([...document.querySelectorAll('[data-testid=log-line]')].map(line => line.lastElementChild.textContent).findLast(text => text.startsWith('at ')) ?? '')";

    private static async Task AssertStaysWhileMoreComesAsync(Visit visit)
    {
        await visit.Find("log-lines").HoverAsync();
        await visit.Page.Mouse.WheelAsync(0, -1200);
        await Visit.AssertSoonAsync(visit.Find("log-jump"));
        await visit.Page.WaitForFunctionAsync("() => /\\+/.test(document.querySelector('[data-testid=log-jump]').textContent)");
        string before = await visit.Page.EvaluateAsync<string>(FirstSeen);
        long unseen = await UnseenAsync();
        long began = Stopwatch.GetTimestamp();
        await visit.Page.WaitForFunctionAsync($"() => {Unseen} >= {unseen + 30_000}");

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(1.5), Waiting.Patience);
        Assert.Equal(before, await visit.Page.EvaluateAsync<string>(FirstSeen));
        Assert.InRange(await visit.Find("log-line").CountAsync(), 1, 499);

        Task<long> UnseenAsync() => visit.Page.EvaluateAsync<long>($"() => {Unseen}");
    }

    private const string Unseen = "Number(document.querySelector('[data-testid=log-jump]').textContent.replaceAll(/[^0-9]/g, ''))";

    /// <summary>Number and height of the first line that is seen.</summary>
    private const string FirstSeen = """
        () => {
            const top = document.querySelector('[data-testid=log-lines]').getBoundingClientRect().top;
            const line = [...document.querySelectorAll('[data-testid=log-line]')].find(line => line.getBoundingClientRect().bottom > top);
            return `${line.dataset.n} ${line.textContent} ${Math.round(line.getBoundingClientRect().top - top)}`;
        }
        """;

    private static async Task AssertAttemptsAsync(Visit visit, Site site, JobView job)
    {
        await visit.Find("log-attempt").SelectOptionAsync("2");
        await Assertions.Expect(visit.Find("log-facts")).ToContainTextAsync("3 lines");
        Assert.Equal(["one", "two", "three"], await visit.Page.Locator("[data-testid=log-line] > span").AllTextContentsAsync());

        await visit.Find("log-attempt").SelectOptionAsync("1");
        await Assertions.Expect(visit.Find("log-facts")).ToContainTextAsync("200,000 lines");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Find("log-download").ClickAsync());
        byte[] saved = await File.ReadAllBytesAsync((await download.PathAsync())!, Cancel);
        Assert.Equal(200_000, saved.AsSpan().Count((byte)'\n'));
        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(site.LogFile(job, 1, "stdout"), Cancel)), SHA256.HashData(saved));

        // From one end to the other, by key and by wheel.
        await visit.Find("log-lines").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(Line(visit, 1)).ToBeInViewportAsync();
        await visit.Find("log-lines").HoverAsync();
        for (int turn = 0; turn < 40; turn++)
        {
            await visit.Page.Mouse.WheelAsync(0, 900);
        }

        // 36,000 pixels are 2,000 lines, of which none is skipped and none is seen twice.
        await Assertions.Expect(Line(visit, 2_005)).ToBeInViewportAsync();
        Assert.Equal("line 2005", await TextAsync(visit, 2_005));
        await visit.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(Line(visit, 200_000)).ToBeInViewportAsync();
    }

    private static ILocator Line(Visit visit, int number) => visit.Page.Locator($"[data-testid=log-line][data-n='{number}']");

    private static Task<string?> TextAsync(Visit visit, int number) => Line(visit, number).Locator("> span").TextContentAsync();

    private static async Task<string?> MarkedAsync(Visit visit, int number)
    {
        var line = visit.Page.Locator($"[data-testid=log-line][data-marked][data-n='{number}']");
        await Visit.AssertSoonAsync(line);
        await Assertions.Expect(line).ToBeInViewportAsync();
        return await line.Locator("> span").TextContentAsync();
    }

    private static async Task AssertCentredAsync(Visit visit, int number)
    {
        double off = await visit.Page.EvaluateAsync<double>(
            """
            number => {
                const view = document.querySelector('[data-testid=log-lines]').getBoundingClientRect();
                const line = document.querySelector(`[data-testid=log-line][data-n='${number}']`).getBoundingClientRect();
                return Math.abs((line.top + line.bottom) / 2 - (view.top + view.bottom) / 2);
            }
            """,
            number);
        Assert.InRange(off, 0, 20);
    }
}
