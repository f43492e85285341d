using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Reruns;

/// <summary>Shows what would run again and why, before it does. What is confirmed is the plan that was read, and no other.</summary>
public sealed partial class RerunDialog(IRerunDesk desk, IJSRuntime js, ILogger<RerunDialog> log) : IAsyncDisposable
{
    private static readonly DialogOptions Sheet = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true, CloseButton = false };

    private static readonly (RerunScope Scope, string Words)[] Scopes =
    [
        (RerunScope.Failed, "Failed and what waits on them"),
        (RerunScope.Selected, "Selected only"),
        (RerunScope.SelectedAndDownstream, "Selected + downstream"),
        (RerunScope.Changed, "Changed"),
        (RerunScope.All, "Everything"),
    ];

    private readonly CancellationTokenSource _closing = new();
    private JsModule? _script;
    private DotNetObjectReference<RerunDialog>? _self;
    private CancellationTokenSource? _question;
    private RerunRequest _request = new(RerunScope.Failed);
    private IReadOnlyList<string> _selected = [];
    private RerunPlanView? _plan;
    private HashSet<JobId> _runs = [];
    private IReadOnlySet<JobId> _marked = new HashSet<JobId>();
    private string? _failure;
    private string? _news;
    private string? _command;
    private bool _isCopied;
    private bool _isOpen;
    private bool _isStarting;

    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>The jobs as they are now.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>A new run has begun.</summary>
    [Parameter]
    public EventCallback Started { get; set; }

    /// <summary>Somebody pressed the key that stands for a rerun.</summary>
    [Parameter]
    public EventCallback KeyPressed { get; set; }

    private bool IsAsking => _question is not null;

    private bool IsEarlyCutoff => _request.EarlyCutoff ?? _plan?.EarlyCutoff ?? false;

    private bool CanConfirm => _runs.Count > 0 && !IsAsking && !_isStarting && _failure is null && _plan is { Spec: null or { Refusal: null } };

    private int Running => Jobs.Count(job => job.Status.HoldsNode() && _runs.Contains(job.Id));

    /// <param name="selected">The names of the jobs that are selected on the page, whatever the scope is to begin with.</param>
    public async Task OpenAsync(RerunScope scope, IReadOnlyList<string> selected)
    {
        _selected = selected;
        Show(plan: null, new HashSet<JobId>());
        _isOpen = true;
        await AskForAsync(new RerunRequest(scope, selected));
    }

    /// <summary>The browser calls this when the key was pressed outside of text fields.</summary>
    [JSInvokable]
    public Task OnKeyAsync() => InvokeAsync(KeyPressed.InvokeAsync);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_script is not null)
        {
            await _script.TryCallAsync("stop");
            await _script.DisposeAsync();
        }

        _self?.Dispose();
        _closing.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _script = new JsModule(js, Assets["js/rerun.js"]);
            await _script.CallAsync("start", _self);
        }
    }

    private static string ScopeName(RerunScope scope) => JsonNamingPolicy.SnakeCaseLower.ConvertName(scope.ToString());

    private async Task ShowAsync(bool isOpen)
    {
        _isOpen = isOpen;
        if (!isOpen && _question is { } question)
        {
            await question.CancelAsync();
        }
    }

    private Task ChangeAsync(RequirementsChange change)
    {
        var others = (_request.Set ?? []).Where(other => other.Job != change.Job);
        List<RequirementsChange> set = change is { Memory: null, Runtime: null, Cpus: null } ? [.. others] : [.. others, change];
        return AskForAsync(_request with { Set = set.Count == 0 ? null : set });
    }

    private async Task LookAgainAsync()
    {
        var before = _plan!;
        await AskForAsync(_request);
        if (_plan is { } now && now.Id != before.Id)
        {
            Compare(before, now, "Something has moved since the plan before.");
        }
    }

    private async Task AskForAsync(RerunRequest request)
    {
        _request = request;
        (_failure, _news, _command) = (null, null, null);
        if (_question is { } earlier)
        {
            await earlier.CancelAsync();
        }

        using var question = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        _question = question;
        StateHasChanged();
        var plan = await TryAsync(() => desk.PlanAsync(Workflow.Id, request, question.Token), "The plan could not be made.", question);
        if (ReferenceEquals(_question, question))
        {
            _question = null;
            if (!question.IsCancellationRequested)
            {
                Show(plan, new HashSet<JobId>());
            }

            StateHasChanged();
        }
    }

    private async Task ConfirmAsync()
    {
        if (!CanConfirm || _plan is not { } seen)
        {
            return;
        }

        _isStarting = true;
        var answer = await TryAsync(() => desk.RerunAsync(Workflow.Id, _request with { PlanId = seen.Id }, Environment.UserName, key: null, _closing.Token), "The run was not started.", _closing);
        _isStarting = false;
        switch (answer)
        {
            case { Started: not null }:
                _isOpen = false;
                await Started.InvokeAsync();
                break;
            case { IsArchived: true }:
                _failure = "The workflow was archived meanwhile, so nothing was started.";
                break;
            case { Plan: var now }:
                Compare(seen, now, "The plan is another one now, so nothing was started.");
                break;
        }
    }

    private async Task<T?> TryAsync<T>(Func<Task<T?>> ask, string what, CancellationTokenSource until)
        where T : class
    {
        try
        {
            var answer = await ask();
            _failure = answer is null ? $"{what} There is no workflow {Workflow.Id} any more." : _failure;
            return answer;
        }
        catch (Exception) when (until.IsCancellationRequested)
        {
            // Something else was asked for, or the dialog was closed.
        }
        catch (UnknownJobException unknown)
        {
            _failure = $"{what} {unknown.Message}";
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(failure, Workflow.Id);
            _failure = $"{what} The server's log says why.";
        }

        return null;
    }

    private void Compare(RerunPlanView before, RerunPlanView now, string why)
    {
        var marked = PlanChange.Between(before, now);
        Show(now, marked);
        _news = marked.Count == 0 ? why : $"{why} {RerunWords.Jobs(marked.Count)} {(marked.Count == 1 ? "differs, and is marked" : "differ, and are marked")} “changed”.";
    }

    private void Show(RerunPlanView? plan, IReadOnlySet<JobId> marked)
    {
        (_plan, _marked) = (plan, marked);
        _runs = plan is null ? [] : [.. plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => job.Id)];
    }

    private async Task DownloadAsync(string format)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow.Id}/plan?format={format}");
        string request = JsonSerializer.Serialize(_request, TorcJson.Default.RerunRequest);
        _news = await _script!.AskAsync<bool>("download", path, request, $"plan-{_plan?.Id}.{format}") ? null : "The plan could not be downloaded: the server did not give it. Try once more.";
    }

    private async Task CopyAsync()
    {
        string command = RerunCommandLine.Of(Workflow.Id, _request);
        _isCopied = await _script!.AskAsync<bool>("copy", command);
        _command = command;
    }

    [LoggerMessage(252, LogLevel.Error, "A rerun was asked for on a page and failed; workflow_id={WorkflowId}")]
    private partial void LogFailed(Exception failure, WorkflowId workflowId);
}
