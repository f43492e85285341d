using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Workflows;

namespace Torc.Web.Jobs;

/// <summary>All that is known of one job, kept up to date by the page around it.</summary>
public sealed partial class JobInspector(IJobQueries queries, ILogger<JobInspector> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Task _loading = Task.CompletedTask;
    private JobDefinition _definition = null!;
    private JobDetails? _details;
    private string? _why;
    private string? _failure;
    private int? _chosen;
    private long _beat;
    private long? _seenBeat;
    private bool _again;

    /// <summary>The job as it is now; always the same one, since the page keys the component with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public JobView Job { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowDefinition Workflow { get; set; } = null!;

    /// <summary>Another number says that something changed in the workflow, so that a job may wait for something else now.</summary>
    [Parameter]
    public long Beat { get; set; }

    /// <summary>Another number says that this job has new samples.</summary>
    [Parameter]
    public long Samples { get; set; }

    /// <summary>Somebody closed it; without a listener it stands on a page of its own, which says the name of the job.</summary>
    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>Somebody wants this job to run again; without a listener it is not offered.</summary>
    [Parameter]
    public EventCallback Rerun { get; set; }

    /// <summary>What may be done to the job, by whoever knows how; null for nothing.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    private string? Reason => Waits(Job.Status) ? _why ?? Job.Reason ?? WaitReason.ForStatus(Job.Status) : Job.Reason ?? Outcome() ?? WaitReason.ForStatus(Job.Status);

    private AttemptView? Shown =>
        _details is not { Attempts: [var newest, ..] attempts } ? null : attempts.FirstOrDefault(attempt => attempt.Number == _chosen) ?? newest;

    // What an attempt printed and used is read again while it runs, as often as it is sampled, and once more when it has ended.
    private long BeatOf(AttemptView attempt) => attempt.Outcome is not null ? -1 : Workflow.Monitor.SampleEvery is null ? _beat : Samples;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _loading;
        _closing.Dispose();
    }

    protected override void OnParametersSet()
    {
        _definition = Workflow.Jobs[Job.Position];
        if (_seenBeat == Beat + Samples)
        {
            return;
        }

        _seenBeat = Beat + Samples;
        _again = true;
        if (_loading.IsCompleted)
        {
            _loading = LoadAsync();
        }
    }

    // One question at a time: what changes meanwhile is asked for once, afterwards.
    private async Task LoadAsync()
    {
        try
        {
            while (_again)
            {
                _again = false;
                long beat = _seenBeat!.Value;
                if (_details?.Job.Version != Job.Version)
                {
                    _details = await queries.FindAsync(Job.Id, _closing.Token);
                }

                _why = Waits(Job.Status) ? await queries.WhyWaitingAsync(Job.Id, _closing.Token) : null;
                _beat = beat;
                _failure = null;
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Another job was selected, or the page was closed.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The rest of the page is still right, and the next change asks again.
            LogUnreadable(failure, Job.Id);
            _failure = "The details of this job could not be read. The server's log says why.";
            await InvokeAsync(StateHasChanged);
        }
    }

    private string? Outcome() => Job.Outcome is { Succeeded: false } outcome ? outcome.Detail ?? OutcomeText.ForPeople(outcome) : null;

    private string Names(IReadOnlyList<int> files, IReadOnlyList<int> data)
    {
        string names = string.Join(", ", files.Select(file => Workflow.Files[file].Name).Concat(data.Select(item => Workflow.UserData[item].Name)));
        return names.Length == 0 ? "nothing" : names;
    }

    private static bool Waits(JobStatus status) => status is JobStatus.Uninitialized or JobStatus.Blocked or JobStatus.Ready or JobStatus.Pending;

    [LoggerMessage(701, LogLevel.Error, "A page could not read the details of a job; job_id={JobId}")]
    private partial void LogUnreadable(Exception failure, JobId jobId);
}
