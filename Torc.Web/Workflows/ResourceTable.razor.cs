using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>What the jobs of a workflow ask for beside what they used, and what they should ask for.</summary>
public sealed partial class ResourceTable(ISuggestionDesk desk) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private (int Ended, int Spec)? _seen;
    private IReadOnlyList<ResourceUseView>? _uses;
    private SpecEditView? _edit;
    private string? _refusal;
    private bool _isBusy;

    /// <summary>As it is now.</summary>
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // Jobs that end say something new; jobs that start do not.
        var now = (Workflow.Counts.Where(count => count.Key.HasEnded()).Sum(count => count.Value), Workflow.SpecVersion);
        if (now == _seen)
        {
            return;
        }

        _seen = now;
        try
        {
            _uses = await desk.UsesAsync(Workflow.Id, _closing.Token) ?? [];
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private async Task ReviewAsync()
    {
        _isBusy = true;
        _refusal = null;
        _edit = await desk.ReviewAsync(Workflow.Id, _closing.Token);
        _refusal = _edit is null ? "There is nothing to change any more." : null;
        _isBusy = false;
    }

    private async Task ApplyAsync()
    {
        _isBusy = true;
        _refusal = await desk.ApplyAsync(Workflow.Id, _edit!.Version, _closing.Token);
        _edit = null;
        _uses = await desk.UsesAsync(Workflow.Id, _closing.Token) ?? [];
        _isBusy = false;
    }
}
