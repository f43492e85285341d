using Microsoft.Playwright;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>One Chromium for all browser tests, started by the first that needs it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly List<(string? Test, IBrowserContext Context)> _contexts = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a page of its own; skips the test where there is no Chromium.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            string? program = Environment.GetEnvironmentVariable("TORC_TEST_CHROMIUM") ?? Candidates.FirstOrDefault(File.Exists);
            Assert.SkipWhen(program is null, "No Chromium on this machine. TORC_TEST_CHROMIUM may name one.");
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Quiet });
        }

        // Pages of tests that are over would look for their servers for ever, and slow down those after them.
        string? test = TestContext.Current.Test?.UniqueID;
        foreach (var over in _contexts.Where(opened => opened.Test != test).ToList())
        {
            await over.Context.CloseAsync();
            _contexts.Remove(over);
        }

        var context = await _browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        _contexts.Add((test, context));
        context.SetDefaultTimeout((float)Support.Waiting.Patience.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
