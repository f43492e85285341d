using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Torc.Web.Events;
using Torc.Web.Jobs;
using Torc.Web.Live;
using Torc.Web.Nodes;
using Torc.Web.Reruns;
using Torc.Web.Search;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Support;

/// <summary>What a test of a page needs around it: workflows moved by hand, the feed, and a browser that does nothing.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    private protected PageTest()
    {
        // Waits end as soon as the page is right; the limit is only for a page that never gets there.
        DefaultWaitTimeout = Waiting.Patience;
        Feed = new LiveFeed(TimeProvider.System);
        Workflows = new FakeWorkflows(Feed);
        Reruns = new FakeReruns(Workflows);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(Feed);
        Services.AddSingleton<IWorkflowQueries>(Workflows);
        Services.AddSingleton<WorkflowShapes>();
        Services.AddSingleton<IJobQueries>(Workflows);
        Services.AddSingleton<IRerunDesk>(Reruns);
        Services.AddSingleton<IRunQueries>(Runs);
        Desk = new FakeDesk(Workflows);
        Services.AddSingleton<IJobDesk>(Desk);
        Services.AddSingleton<IWorkflowDesk>(Desk);
        Services.AddSingleton<INeedsDesk>(Desk);
        Events = new FakeEvents(Feed);
        Services.AddSingleton<IEventQueries>(Events);
        Services.AddSingleton<IUserDataQueries>(Events);
        Services.AddSingleton<ISearch>(new FakeSearch(Workflows));
        Services.AddSingleton<ISuggestionDesk>(new FakeSuggestions());
        Services.AddSingleton<INodeQueries>(new FakeNodes());
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<ITimesLeft>(TimesLeft);
        Render<MudPopoverProvider>();
    }

    private protected LiveFeed Feed { get; }

    private protected FakeWorkflows Workflows { get; }

    private protected FakeReruns Reruns { get; }

    private protected FakeDesk Desk { get; }

    private protected FakeEvents Events { get; }

    private protected FakeRuns Runs { get; } = new();

    private protected FakeTimesLeft TimesLeft { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DisposeAsync();
    }
}
