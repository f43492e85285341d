using Microsoft.Playwright;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>
/// One look at the pages: notes what the browser complains about and where it asks. With TORC_TEST_PICTURES set to a folder it
/// also keeps pictures of what was seen.
/// </summary>
internal sealed class Visit
{
    private readonly List<string> _complaints = [];
    private readonly List<Uri> _asked = [];
    private readonly Uri _home;
    private int _frames;

    private Visit(IPage page, Uri home)
    {
        Page = page;
        _home = home;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _asked.Add(new Uri(request.Url));
        page.WebSocket += (_, socket) =>
        {
            _asked.Add(new Uri(socket.Url));
            socket.FrameSent += (_, frame) => Count(frame);
            socket.FrameReceived += (_, frame) => Count(frame);
        };
        page.FrameNavigated += (_, _) => Navigations++;
    }

    public IPage Page { get; }

    /// <summary>What the browser asked the network for, by HTTP and by WebSocket.</summary>
    public IEnumerable<Uri> Asked => _asked.Where(url => url.Scheme is "http" or "https" or "ws" or "wss");

    /// <summary>The messages over the connections of the page, to and fro, without the signs of life, which have three bytes.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>How often a document was loaded or the address changed.</summary>
    public int Navigations { get; private set; }

    public static bool KeepsPictures => PictureFolder is { Length: > 0 };

    private static string? PictureFolder => Environment.GetEnvironmentVariable("TORC_TEST_PICTURES");

    public static async Task<Visit> StartAsync(Chromium chromium, Uri home, bool dark = false, int width = 1400)
    {
        var page = await chromium.OpenAsync(new BrowserNewContextOptions
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            TimezoneId = "Europe/Vienna",
        });
        return new Visit(page, home);
    }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(_home, path).ToString());
        await Page.WaitForSelectorAsync("html[data-ready]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>Until the address is this path with its query. The page goes there by itself, without a load that could be waited for.</summary>
    public Task ArriveAsync(string path) => Page.WaitForFunctionAsync("path => location.pathname + location.search === path", path);

    public ILocator Find(string testId) => Page.GetByTestId(testId);

    public ILocator Job(string name, string status) => Page.Locator($"[data-testid=job-node][data-job={name}][data-status={status}]");

    /// <summary>Fails if the browser complained, or asked anybody but the server.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(_complaints);
        Assert.DoesNotContain(Asked, url => !url.Authority.Equals(_home.Authority, StringComparison.Ordinal));
    }

    private void Count(IWebSocketFrame frame)
    {
        if (frame.Binary?.Length > 3)
        {
            Interlocked.Increment(ref _frames);
        }
    }

    public async Task KeepPictureAsync(string name)
    {
        if (KeepsPictures)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(PictureFolder!, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>Fails with all that the page says instead.</summary>
    public static async Task AssertSoonAsync(ILocator locator)
    {
        try
        {
            await Assertions.Expect(locator).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = (float)Waiting.Patience.TotalMilliseconds });
        }
        catch (PlaywrightException missing)
        {
            Assert.Fail($"{missing.Message}\n{locator.Page.Url} shows:\n{await locator.Page.InnerTextAsync("body")}");
        }
    }
}
