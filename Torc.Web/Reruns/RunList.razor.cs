using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Web.Reruns;

/// <summary>The runs of a workflow, and what became of its jobs in two of them.</summary>
public sealed partial class RunList(IRunQueries queries) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private (int Run, WorkflowStatus Status, int SpecVersion) _seen;
    private (int? Before, int? After) _seenPair;
    private IReadOnlyList<RunView>? _runs;
    private IReadOnlyList<JobComparison>? _jobs;
    private string? _problem;
    private bool _showsKept;

    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>The number of the first run to compare; null if none is chosen.</summary>
    [Parameter]
    public int? Before { get; set; }

    [Parameter]
    public int? After { get; set; }

    /// <summary>Somebody chose runs to compare.</summary>
    [Parameter]
    public EventCallback<(int? Before, int? After)> Compared { get; set; }

    /// <summary>Somebody chose a job.</summary>
    [Parameter]
    public EventCallback<string> Selected { get; set; }

    private List<JobComparison> Shown => [.. _jobs!.Where(job => _showsKept || !RunWords.IsKept(job))];

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // The page is shown anew with every job that moves; runs and what came of them change when a run begins or ends.
        var now = (Workflow.Run, Workflow.Status, Workflow.SpecVersion);
        bool isNew = _runs is null || now != _seen;
        if (!isNew && _seenPair == (Before, After))
        {
            return;
        }

        (_seen, _seenPair) = (now, (Before, After));
        try
        {
            _runs = isNew ? await queries.ListAsync(Workflow.Id, _closing.Token) : _runs!;
            var missing = new[] { Before, After }.OfType<int>().Where(number => _runs.All(run => run.Number != number)).ToList();
            _problem = missing.Count > 0 ? $"This workflow has no run #{missing[0]}." : null;
            _jobs = missing.Count == 0 && Before is { } before && After is { } after ? await queries.CompareAsync(Workflow.Id, before, after, _closing.Token) : null;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Another view was chosen, or the page was closed.
        }
    }

    private Task PickAsync(ChangeEventArgs typed, bool isBefore)
    {
        int? number = int.TryParse((string?)typed.Value, CultureInfo.InvariantCulture, out int chosen) ? chosen : null;
        return Compared.InvokeAsync(isBefore ? (number, After) : (Before, number));
    }
}
