using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>What may be done to one job, or to several that were selected: says first what it means, and what was refused where it was asked for.</summary>
public sealed partial class JobActions(IJobDesk desk, INeedsDesk needs, ILogger<JobActions> log) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private JobAction? _asked;
    private string? _refusal;
    private bool _isBusy;
    private string? _cpus;
    private string? _memory;
    private string? _runtime;
    private (string? Cpus, string? Memory, string? Runtime) _problems;
    private IReadOnlyList<RequirementsChange> _changes = [];
    private SpecEditView? _edit;

    /// <summary>As it is now, as are the jobs.</summary>
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowDefinition Definition { get; set; } = null!;

    /// <summary>At least one.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = [];

    /// <summary>Somebody wants these jobs to run again, by name.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> Rerun { get; set; }

    /// <summary>Nothing is to be selected any more; without a listener it is about one job that the page shows.</summary>
    [Parameter]
    public EventCallback Cleared { get; set; }

    private bool IsBulk => Cleared.HasDelegate;

    private IReadOnlyList<JobView> Able => [.. Jobs.Where(job => JobActionWords.Applies(_asked!.Value, Workflow, job))];

    private string? Mixed => Jobs.Count > 1 ? "as it is" : null;

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private void Ask(JobAction action)
    {
        (_asked, _refusal, _edit, _problems) = (action, null, null, default);
        if (action == JobAction.ChangeNeeds)
        {
            var asked = Able.Select(NeedsOf).ToList();
            _cpus = Common(asked, one => one.Cpus, cpus => cpus.ToString(CultureInfo.InvariantCulture));
            _memory = Common(asked, one => one.Memory, memory => memory.Bytes == 0 ? "" : MemoryText.Write(memory));
            _runtime = Common(asked, one => one.Runtime, NeedsWords.Typed);
        }
    }

    private void Leave() => (_asked, _refusal, _edit) = (null, null, null);

    private ResourceRequirements NeedsOf(JobView job) => Definition.Jobs[job.Position].Needs;

    private static string? Common<T>(IReadOnlyList<ResourceRequirements> asked, Func<ResourceRequirements, T> part, Func<T, string> write) =>
        asked.Select(part).Distinct().ToList() is [var same] ? write(same) : null;

    private async Task DoAsync()
    {
        if (_isBusy || _asked is not { } action)
        {
            return;
        }

        string[] names = [.. Able.Select(job => job.Name)];
        _isBusy = true;
        var change = await TryAsync<JobAnswer>(async () => action == JobAction.Stop
            ? await desk.StopAsync(Workflow.Id, names, Environment.UserName, dryRun: false, _closing.Token)
            : await desk.TurnAsync(Workflow.Id, names, action == JobAction.TurnOn, Environment.UserName, dryRun: false, _closing.Token));
        _isBusy = false;
        string? refusal = change switch
        {
            JobAnswer.Done or null => _refusal,
            JobAnswer.Refused(var why) => why,
            JobAnswer.NoJob(var name) => $"The workflow has no job {name} any more.",
            _ => $"There is no workflow {Workflow.Id} any more.",
        };
        Leave();
        _refusal = refusal;
        if (refusal is null)
        {
            await Cleared.InvokeAsync();
        }
    }

    private async Task ReviewAsync()
    {
        (_edit, _refusal, _problems) = (null, null, default);
        var changes = new List<RequirementsChange>();
        string cpus = (_cpus ?? "").Trim();
        int count = 0;
        if (cpus.Length > 0 && !(int.TryParse(cpus, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0))
        {
            _problems.Cpus = $"CPUs must be a whole number from 1 on, not “{cpus}”.";
        }

        foreach (var job in Able)
        {
            var now = NeedsOf(job);
            var change = NeedsWords.Read(job.Name, now, _memory, _runtime, out var problems);
            (_problems.Memory, _problems.Runtime) = problems;
            if (change is not null && (change with { Cpus = count > 0 && count != now.Cpus ? count : null }) is var whole && whole != new RequirementsChange(job.Name))
            {
                changes.Add(whole);
            }
        }

        if (_problems != default)
        {
            return;
        }

        _changes = changes;
        if (changes.Count == 0)
        {
            _refusal = "That is what is asked for already.";
            return;
        }

        _edit = await TryAsync(() => needs.ReviewAsync(Workflow.Id, changes, _closing.Token));
        _refusal ??= _edit is null ? "That is what is asked for already." : _edit.Refusal;
    }

    private async Task SaveAsync()
    {
        if (_isBusy || _edit is not { } edit)
        {
            return;
        }

        _isBusy = true;
        string? refusal = await TryAsync(() => needs.ApplyAsync(Workflow.Id, _changes, edit.Version, _closing.Token));
        _isBusy = false;
        _refusal ??= refusal;
        if (_refusal is null)
        {
            Leave();
            await Cleared.InvokeAsync();
        }
        else
        {
            _edit = null;
        }
    }

    private async Task<T?> TryAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            _refusal = null;
            return await ask();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !_closing.IsCancellationRequested)
        {
            LogFailed(failure, Workflow.Id);
            _refusal = "It was not done. The server's log says why.";
            return null;
        }
    }

    [LoggerMessage(254, LogLevel.Error, "Something was asked for of jobs and failed; workflow_id={WorkflowId}")]
    private partial void LogFailed(Exception failure, WorkflowId workflowId);
}
