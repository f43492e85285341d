using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>What the jobs of a workflow ask for beside what they used, and what they should ask for.</summary>
public sealed partial class ResourceTable(ISuggestionDesk desk, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private (int Ended, int Spec)? _seen;
    private IReadOnlyList<ResourceUseView>? _uses;
    private IReadOnlyList<JobUseView> _jobs = [];
    private SpecEditView? _edit;
    private string? _refusal;
    private bool _isBusy;

    /// <summary>As it is now.</summary>
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>The class whose jobs are shown; empty for those that name none, null for all.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What the chart is about: memory, time or cpus; memory if it is anything else.</summary>
    [Parameter]
    public string? Metric { get; set; }

    private ResourceKind Kind => Metric switch
    {
        "time" => ResourceKind.Runtime,
        "cpus" => ResourceKind.Cpus,
        _ => ResourceKind.Memory,
    };

    private IReadOnlyList<JobUseView> Shown => Class is null ? _jobs : [.. _jobs.Where(job => (job.Class ?? "") == Class)];

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
            _jobs = await desk.JobsAsync(Workflow.Id, _closing.Token) ?? [];
            _uses = await desk.UsesAsync(Workflow.Id, _closing.Token) ?? [];
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private void Choose(string? ofClass) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("class", ofClass == Class ? null : ofClass));

    private string MetricAddress(string metric) => navigation.GetUriWithQueryParameter("metric", metric == "memory" ? null : metric);

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
