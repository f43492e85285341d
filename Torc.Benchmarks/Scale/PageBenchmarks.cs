using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Torc.Agent.Client;
using Torc.Faults.Sites;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Benchmarks.Scale;

/// <summary>How long a person waits for the graph of a large workflow, in Chromium, before it runs and while it changes 2,000 times a second.</summary>
internal static class PageBenchmarks
{
    private const int Agents = 200;
    private const int CpusOfAgent = 2;
    private const int Paints = 5;
    private const int Clicks = 20;

    /// <summary>So that a thousand jobs start and a thousand end in a second.</summary>
    private static readonly TimeSpan Job = TimeSpan.FromSeconds(0.4);

    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"];

    public static async Task RunAsync(IReadOnlyList<int> sizes, TextWriter output, CancellationToken cancel)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TORC_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
        await output.WriteLineAsync("| jobs | what | median, ms | most, ms | goal | |");
        await output.WriteLineAsync("|--:|---|--:|--:|---|---|");
        foreach (int size in sizes)
        {
            await RunAsync(browser, size, output, cancel);
        }
    }

    private static async Task RunAsync(IBrowser browser, int size, TextWriter output, CancellationToken cancel)
    {
        await using var site = new RealSite("--agent:start", "false");
        await site.StartServerAsync(cancel);
        using var client = new TorcClient(site.Url!, token: null);
        var id = (await client.SubmitAsync(Encoding.UTF8.GetBytes(Sweep(size)), "sweep.yaml", site.MakeFolder("work"), start: false, cancel)).Id;
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var traffic = new Traffic(page);
        string address = new Uri(site.Url!, string.Create(CultureInfo.InvariantCulture, $"workflows/{id}")).AbsoluteUri;

        // Once to warm the server and the browser's cache, as for whoever has Torc open.
        await PaintAsync(page, address);
        var paints = new List<double>();
        long payload = 0;
        for (int number = 0; number < Paints; number++)
        {
            long before = traffic.Bytes;
            paints.Add(await PaintAsync(page, address));
            payload = Math.Max(payload, traffic.Bytes - before + await LoadedAsync(page));
        }

        await PrintAsync("first paint of the graph", paints, size <= 1_000 ? 1_000 : 2_000);
        await PrintAsync("a press on the legend", await ClicksAsync(page, TimeSpan.Zero, cancel), 200);
        int elements = await page.Locator(".torc-node, .torc-edge").CountAsync();

        await using (var crowd = new Crowd(site, Agents, CpusOfAgent, Job))
        {
            await client.StartAsync(id, cancel);
            await page.GetByTestId("filter-running").WaitForAsync();
            await page.Locator("[data-graph-action=in]").ClickAsync();
            string? place = await page.Locator(".torc-viewport").GetAttributeAsync("transform");
            // Nobody presses anything meanwhile: what comes is what the server says by itself.
            long frames = traffic.Frames;
            await Task.Delay(Watch, cancel);
            double messages = (traffic.Frames - frames) / Watch.TotalSeconds;
            var clicks = await ClicksAsync(page, Storm, cancel);
            await PrintAsync($"the same while it runs, for {Storm.TotalSeconds:0} s", clicks, 200);
            bool stays = place == await page.Locator(".torc-viewport").GetAttributeAsync("transform");
            await page.EvaluateAsync("() => globalThis.gc?.()");
            double heap = await page.EvaluateAsync<double>("() => performance.memory.usedJSHeapSize") / (1 << 20);
            string? difference = await DifferenceAsync(site, page, id, size, cancel);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"\n{size:N0} jobs: {elements} elements drawn (at most 500); {payload / 1024.0:N0} KiB for a first paint (goal 300); {messages:0.0} messages a second (goal 4); the view {(stays ? "stayed" : "MOVED")}; the browser's heap is {heap:0} MiB (goal 500); {(difference is null ? "the page agrees with the server" : $"THE PAGE DIFFERS FROM THE SERVER: {difference}")}.\n"));
            if (difference is null)
            {
                await crowd.CheckAsync();
            }
        }

        async Task PrintAsync(string what, List<double> times, double goal)
        {
            times.Sort();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"| {size:N0} | {what} | {times[times.Count / 2]:0} | {times[^1]:0} | ≤ {goal:0} | {(times[times.Count / 2] <= goal ? "met" : "missed")} |"));
        }
    }

    // What came over the line, without what the browser had kept.
    private static Task<long> LoadedAsync(IPage page) => page.EvaluateAsync<long>(
        "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)");

    private static async Task<double> PaintAsync(IPage page, string address)
    {
        await page.GotoAsync("about:blank");
        long began = Stopwatch.GetTimestamp();
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator("[data-testid=graph][data-ready] [data-testid=group-node]").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    // On and off, with a pause such as a person makes.
    private static async Task<List<double>> ClicksAsync(IPage page, TimeSpan atLeast, CancellationToken cancel)
    {
        var times = new List<double>();
        long began = Stopwatch.GetTimestamp();
        while (times.Count < Clicks || Stopwatch.GetElapsedTime(began) < atLeast)
        {
            times.Add(await page.EvaluateAsync<double>("""
                () => new Promise(done => {
                  const button = document.querySelector('[data-testid^=filter-][data-count]');
                  const began = performance.now();
                  const was = button.getAttribute('aria-pressed');
                  const watch = new MutationObserver(() => {
                    if (button.getAttribute('aria-pressed') !== was) {
                      watch.disconnect();
                      done(performance.now() - began);
                    }
                  });
                  watch.observe(button, { attributes: true });
                  button.click();
                })
                """));
            await Task.Delay(Pause, cancel);
        }

        return times;
    }

    private static async Task<string?> DifferenceAsync(RealSite site, IPage page, WorkflowId id, int size, CancellationToken cancel)
    {
        // A large one is not waited for to its end: its jobs stand still when it is stopped.
        using var client = new TorcClient(site.Url!, token: null);
        if (size > 50_000)
        {
            await client.StopAsync(id, [], select: null, cancel);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (await site.TryWorkflowAsync(id, patience.Token) is not { Status: not WorkflowStatus.Running })
        {
            await Task.Delay(Pause, patience.Token);
        }

        var counts = (await site.TryWorkflowAsync(id, patience.Token))!.Counts;
        string difference = "";
        for (int look = 0; look < 50; look++)
        {
            string shown = await page.EvaluateAsync<string>("() => JSON.stringify(Object.fromEntries([...document.querySelectorAll('[data-testid^=filter-][data-count]')].map(chip => [chip.dataset.status, Number(chip.dataset.count)])))");
            var seen = JsonSerializer.Deserialize<Dictionary<string, int>>(shown)!.Where(chip => chip.Value > 0).ToDictionary();
            if (seen.Count == counts.Count && counts.All(count => seen.GetValueOrDefault(JsonNamingPolicy.SnakeCaseLower.ConvertName(count.Key.ToString())) == count.Value))
            {
                return null;
            }

            difference = $"it shows {Listed(seen)}, and the server says {Listed(counts)}";
            await Task.Delay(Pause, patience.Token);
        }

        return difference;

        static string Listed<T>(IEnumerable<KeyValuePair<T, int>> counts) => string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));
    }

    private static string Sweep(int size) => string.Create(CultureInfo.InvariantCulture, $$$"""
        name: sweep
        jobs:
          - { name: prep, command: "true", output_files: [params] }
          - { name: "sim_{i:06d}", command: "true", input_files: [params], output_files: ["out_{i:06d}"], parameters: { i: "1:{{{size - 2}}}" } }
          - { name: gather, command: "true", input_file_regexes: ["out_.*"] }
        files:
          - { name: params, path: params.json }
          - { name: "out_{i:06d}", path: "out/{i:06d}.json", parameters: { i: "1:{{{size - 2}}}" } }
        """);

    /// <summary>What comes to the page by its connection.</summary>
    private sealed class Traffic
    {
        private long _bytes;
        private long _frames;

        public Traffic(IPage page)
        {
            page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
            {
                Interlocked.Increment(ref _frames);
                Interlocked.Add(ref _bytes, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
            };
        }

        public long Bytes => Interlocked.Read(ref _bytes);

        public long Frames => Interlocked.Read(ref _frames);
    }
}
