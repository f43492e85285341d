using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Reruns;
using Torc.Web.Shell;

namespace Torc.Web.Workflows;

/// <summary>What stands above every page of a workflow: how it is, what to do next, and its other pages.</summary>
public sealed partial class WorkflowHeader(IWorkflowQueries queries, IJSRuntime js) : IAsyncDisposable
{
    /// <summary>What the button beside the menu does is not in it.</summary>
    private static readonly WorkflowAction[] OfMenu = [WorkflowAction.Archive, WorkflowAction.Unarchive, WorkflowAction.Delete];

    private JsModule? _api;
    private WorkflowActions? _actions;
    private RerunDialog? _rerun;
    private IReadOnlyList<JobView> _jobs = [];
    private string? _refusal;
    private bool _isStarting;
    private int? _askedToStop;

    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowTab Tab { get; set; }

    /// <summary>The jobs as they are now; null where the page does not know them, and then they are read when they are needed.</summary>
    [Parameter]
    public IReadOnlyList<JobView>? Jobs { get; set; }

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Selected { get; set; }

    /// <summary>Parameters of the address that graph and table both have; null for none.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, object?>? Kept { get; set; }

    private IReadOnlyList<JobView> JobsNow => Jobs ?? _jobs;

    // The question is about one run: another one is not stopped by its answer.
    private bool IsAskedToStop => Workflow.Status == WorkflowStatus.Running && _askedToStop == Workflow.Run;

    public static bool CanRerun(WorkflowView workflow) => workflow.Status != WorkflowStatus.Uninitialized && workflow.ArchivedAt is null;

    /// <summary>Shows what would run again of the selected job and those that wait for it.</summary>
    public Task OpenDownstreamAsync() => OpenRerunAsync(RerunScope.SelectedAndDownstream);

    /// <summary>Shows what would run again of these jobs, by name, and those that wait for them.</summary>
    public Task OpenSelectedAsync(IReadOnlyList<string> jobs) => OpenRerunAsync(RerunScope.SelectedAndDownstream, jobs);

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    protected override void OnInitialized() => _api = new JsModule(js, Assets["js/api.js"]);

    private async Task StartAsync()
    {
        _isStarting = true;
        await PostAsync("start", "The workflow was not started.");
        _isStarting = false;
    }

    private Task StopAsync()
    {
        _askedToStop = null;
        return PostAsync("stop", "The workflow was not stopped.");
    }

    /// <param name="not">What to say if it is refused.</param>
    private async Task PostAsync(string what, string not)
    {
        var answer = await _api!.AskAsync<ApiAnswer>("post", string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow.Id}/{what}"));
        _refusal = answer.Refusal(not);
    }

    private WorkflowStep NextStep()
    {
        int unfinished = Unfinished();
        return Workflow.Status switch
        {
            _ when Workflow.ArchivedAt is not null => new WorkflowStep("unarchive", "Unarchive", IsMain: true, UnarchiveAsync),
            WorkflowStatus.Uninitialized => new WorkflowStep("run", "Run", IsMain: true, StartAsync),
            WorkflowStatus.Running => new WorkflowStep("stop", "Stop", IsMain: false, AskToStopAsync),
            _ when unfinished > 0 => new WorkflowStep("rerun", $"Rerun failed ({RerunWords.Count(unfinished)})", IsMain: true, OpenFailedAsync),
            _ => new WorkflowStep("rerun", "Rerun…", IsMain: false, OpenChangedAsync),
        };
    }

    // Nothing is lost by it, so nothing is asked.
    private Task UnarchiveAsync() => PostAsync("unarchive", "The workflow was not unarchived.");

    private Task AskToStopAsync()
    {
        _askedToStop = Workflow.Run;
        return Task.CompletedTask;
    }

    private Task OpenFailedAsync() => OpenRerunAsync(RerunScope.Failed);

    private Task OpenChangedAsync() => OpenRerunAsync(RerunScope.Changed);

    private Task OnRerunKeyAsync() => (CanRerun(Workflow), Selected, Unfinished()) switch
    {
        (false, _, _) => Task.CompletedTask,
        (_, not null, _) => OpenDownstreamAsync(),
        (_, _, > 0) => OpenFailedAsync(),
        _ => OpenChangedAsync(),
    };

    private async Task OpenRerunAsync(RerunScope scope, IReadOnlyList<string>? jobs = null)
    {
        if (Jobs is null)
        {
            _jobs = await queries.JobsAsync(Workflow.Id, CancellationToken.None);
        }

        await _rerun!.OpenAsync(scope, jobs ?? (Selected is null ? [] : [Selected]));
    }

    private string? CountOf(WorkflowTab tab) => tab switch
    {
        WorkflowTab.Jobs => RerunWords.Count(Workflow.Counts.Values.Sum()),
        WorkflowTab.Runs when Workflow.Run > 0 => RerunWords.Count(Workflow.Run),
        _ => null,
    };

    private int Unfinished() =>
        new[] { JobStatus.Failed, JobStatus.Canceled, JobStatus.Terminated }.Sum(status => Workflow.Counts.GetValueOrDefault(status));
}
