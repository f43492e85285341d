using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Workflows;

/// <summary>The files of a workflow: who writes them, who reads them, and how they were last seen.</summary>
public sealed partial class FileTable(IFileQueries queries, NavigationManager navigation) : IDisposable
{
    private const int MostNamed = 5;

    private readonly CancellationTokenSource _closing = new();
    private (int Ended, int Spec, string? Search)? _seen;
    private FileList? _files;

    /// <summary>As it is now.</summary>
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>A part of their names or paths; null for all.</summary>
    [Parameter]
    public string? Search { get; set; }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // Files are looked at when jobs end.
        var now = (Workflow.Counts.Where(count => count.Key.HasEnded()).Sum(count => count.Value), Workflow.SpecVersion, Search);
        if (now == _seen)
        {
            return;
        }

        _seen = now;
        try
        {
            var files = await queries.ListAsync(Workflow.Id, Search, _closing.Token);
            if (now == _seen)
            {
                _files = files;
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private void Ask(ChangeEventArgs typed) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("q", typed.Value is string { Length: > 0 } text ? text : null));

    private static string Words(FileState? state) => state switch
    {
        FileState.Present => "present",
        FileState.Missing => "missing",
        FileState.Unknown => "could not be seen",
        _ => "not looked at yet",
    };
}
