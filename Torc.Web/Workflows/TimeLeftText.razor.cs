using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Web.Workflows;

/// <summary>How long a run will take, as long as it runs and that can be said; nothing otherwise.</summary>
public sealed partial class TimeLeftText(ITimesLeft times, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _closing = new();
    private Task _counting = Task.CompletedTask;
    private WorkflowView? _asked;
    private TimeLeft? _left;

    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>What stands before it, such as ", ".</summary>
    [Parameter]
    public string Before { get; set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _counting;
        _closing.Dispose();
    }

    protected override void OnInitialized() => _counting = CountAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_asked, Workflow))
        {
            _asked = Workflow;
            await AskAsync();
        }
    }

    // A long job changes nothing for a while, and the time goes on.
    private async Task CountAsync()
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (Workflow.Status == WorkflowStatus.Running)
                {
                    await InvokeAsync(async () =>
                    {
                        await AskAsync();
                        StateHasChanged();
                    });
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private async Task AskAsync()
    {
        try
        {
            _left = await times.OfAsync(Workflow, _closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
