using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Jobs;
using Torc.Web.Reruns;
using Torc.Web.Shell;

namespace Torc.Web.Workflows;

/// <summary>Does the same to several workflows: says first what that means for each, and afterwards which refused it and why.</summary>
public sealed partial class WorkflowActions(IRerunDesk reruns, IJobDesk jobs, IWorkflowDesk desk, IJSRuntime js, ILogger<WorkflowActions> log) : IAsyncDisposable
{
    /// <summary>Each of them is planned for, so that one can read what would happen.</summary>
    public const int Most = 100;

    private const int MostShown = 12;

    private readonly CancellationTokenSource _closing = new();
    private CancellationTokenSource? _looking;
    private JsModule? _api;
    private WorkflowAction? _asked;
    private List<WorkflowActionStep> _steps = [];
    private List<string> _refusals = [];
    private string? _news;
    private bool _isBusy;

    /// <summary>None where only one is asked about, by <see cref="AskAsync"/>.</summary>
    [Parameter]
    public IReadOnlyList<WorkflowView> Selected { get; set; } = [];

    /// <summary>Nothing is to be selected any more.</summary>
    [Parameter]
    public EventCallback Cleared { get; set; }

    private bool IsLooking => _looking is not null;

    private List<WorkflowActionStep> Able => _steps.FindAll(step => step.Refusal is null);

    /// <summary>Says what an action would do to these workflows, and offers to do it.</summary>
    public async Task AskAsync(WorkflowAction action, IReadOnlyList<WorkflowView> workflows)
    {
        if (_looking is { } earlier)
        {
            await earlier.CancelAsync();
        }

        using var looking = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        (_looking, _asked, _steps, _news, _refusals) = (looking, action, [], null, []);
        StateHasChanged();
        try
        {
            foreach (var workflow in workflows)
            {
                var step = await LookAsync(action, workflow, looking.Token);
                if (ReferenceEquals(_looking, looking))
                {
                    _steps.Add(step);
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (looking.IsCancellationRequested)
        {
            // Something else was asked for, or nothing any more.
        }

        if (ReferenceEquals(_looking, looking))
        {
            _looking = null;
            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override void OnInitialized() => _api = new JsModule(js, Assets["js/api.js"]);

    private string? WhyNot(WorkflowAction action) => Selected.Count > Most
        ? $"At most {Most} at once: select fewer, or use the command line."
        : WorkflowActionWords.WhyNot(action, Selected);

    private async Task CancelAsync()
    {
        if (_looking is { } looking)
        {
            await looking.CancelAsync();
        }

        (_looking, _asked, _steps) = (null, null, []);
    }

    private async Task<WorkflowActionStep> LookAsync(WorkflowAction action, WorkflowView workflow, CancellationToken cancel)
    {
        if (WorkflowActionWords.WhyNot(action, workflow) is { } why)
        {
            return new WorkflowActionStep(workflow, Refusal: why);
        }

        if (WorkflowActionWords.ScopeOf(action) is { } scope)
        {
            var plan = await TryAsync(workflow, () => reruns.PlanAsync(workflow.Id, new RerunRequest(scope), cancel), cancel);
            int runs = plan?.Jobs.Count(job => job.Action != PlannedAction.Keep) ?? 0;
            return plan is null ? new WorkflowActionStep(workflow, Refusal: "No plan could be made.")
                : runs == 0 ? new WorkflowActionStep(workflow, Refusal: RerunWords.Nothing(plan))
                : new WorkflowActionStep(workflow, runs, plan.Id);
        }

        return action == WorkflowAction.Run
            ? new WorkflowActionStep(workflow, workflow.Counts.Values.Sum())
            : await TryAsync(workflow, () => AskDeskAsync(action, workflow.Id, dryRun: true, cancel), cancel) switch
            {
                JobAnswer.Done(var count) => new WorkflowActionStep(workflow, count),
                JobAnswer.Refused(var refusal) => new WorkflowActionStep(workflow, Refusal: refusal),
                _ => new WorkflowActionStep(workflow, Refusal: "It is not there any more."),
            };
    }

    private async Task DoAsync()
    {
        if (_isBusy || _asked is not { } action)
        {
            return;
        }

        _isBusy = true;
        int done = 0;
        var refusals = new List<string>();
        foreach (var step in Able)
        {
            string? refusal = await DoAsync(action, step);
            if (refusal is null)
            {
                done++;
            }
            else
            {
                refusals.Add(string.Create(CultureInfo.InvariantCulture, $"{step.Workflow.Name} ({step.Workflow.Id}): {refusal}"));
            }
        }

        (_isBusy, _asked, _steps, _refusals) = (false, null, [], refusals);
        _news = done == 0 ? "Nothing was done." : WorkflowActionWords.Done(action, done);
        if (refusals.Count == 0)
        {
            await Cleared.InvokeAsync();
        }
    }

    /// <returns>Null if it was done.</returns>
    private async Task<string?> DoAsync(WorkflowAction action, WorkflowActionStep step)
    {
        var id = step.Workflow.Id;
        if (WorkflowActionWords.ScopeOf(action) is { } scope)
        {
            var answer = await TryAsync(step.Workflow, () => reruns.RerunAsync(id, new RerunRequest(scope, PlanId: step.Plan), Environment.UserName, key: null, _closing.Token), _closing.Token);
            return answer switch
            {
                { Started: not null } => null,
                { IsOther: true } => "What would run is something else by now, so nothing was started. Ask once more.",
                _ => "It was not started. The server's log says why.",
            };
        }

        if (action == WorkflowAction.Run)
        {
            var answer = await _api!.AskAsync<ApiAnswer>("post", string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{id}/start"));
            return answer.Refusal("It was not started.");
        }

        return await TryAsync(step.Workflow, () => AskDeskAsync(action, id, dryRun: false, _closing.Token), _closing.Token) switch
        {
            JobAnswer.Done => null,
            JobAnswer.Refused(var why) => why,
            JobAnswer.NoWorkflow => "It is not there any more.",
            _ => "It was not done. The server's log says why.",
        };
    }

    private async Task<JobAnswer?> AskDeskAsync(WorkflowAction action, WorkflowId id, bool dryRun, CancellationToken cancel) => action switch
    {
        WorkflowAction.Stop => await jobs.StopAsync(id, jobs: null, Environment.UserName, dryRun, cancel),
        WorkflowAction.Delete => await desk.DeleteAsync(id, Environment.UserName, dryRun, cancel),
        _ => await desk.ArchiveAsync(id, action == WorkflowAction.Archive, Environment.UserName, dryRun, cancel),
    };

    private async Task<T?> TryAsync<T>(WorkflowView workflow, Func<Task<T?>> ask, CancellationToken until)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !until.IsCancellationRequested)
        {
            LogFailed(failure, workflow.Id);
            return null;
        }
    }

    [LoggerMessage(253, LogLevel.Error, "Something was asked for of a workflow in the list and failed; workflow_id={WorkflowId}")]
    private partial void LogFailed(Exception failure, WorkflowId workflowId);
}
