using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Texts;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

/// <summary>The text that a workflow is made from, in any of its versions, and what changed between two of them.</summary>
public sealed partial class SpecView(IWorkflowQueries queries, NavigationManager navigation) : IDisposable
{
    /// <summary>A person reads no more, and a browser bears no more.</summary>
    private const int MostLines = 5_000;

    private readonly CancellationTokenSource _closing = new();
    private (int Version, int? Against)? _asked;
    private StoredSpec? _spec;
    private IReadOnlyList<TextLine>? _lines;
    private bool _isUnchanged;
    private int _left;

    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    /// <summary>From 1; null for the newest.</summary>
    [Parameter]
    public int? Version { get; set; }

    /// <summary>An older version, of which the changes are shown; null for none.</summary>
    [Parameter]
    public int? Against { get; set; }

    private int Shown => Version ?? Workflow.SpecVersion;

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Shown, Against);
        if (asked == _asked)
        {
            return;
        }

        _asked = asked;
        try
        {
            var spec = await queries.SpecAsync(Workflow.Id, asked.Shown, _closing.Token);
            var before = asked.Against is { } older ? await queries.SpecAsync(Workflow.Id, older, _closing.Token) : null;
            if (asked != _asked)
            {
                return;
            }

            _spec = spec;
            var lines = spec is null ? [] : before is null ? TextLines.Of(spec.Source.Text) : TextLines.Compare(before.Source.Text, spec.Source.Text);
            _isUnchanged = before is not null && lines.All(line => line.Side == DiffSide.Both);
            _left = Math.Max(0, lines.Count - MostLines);
            _lines = [.. lines.Take(MostLines)];
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private void Pick(string what, ChangeEventArgs chosen) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [what] = chosen.Value is string { Length: > 0 } version ? int.Parse(version, CultureInfo.InvariantCulture) : null,
        [what is "version" ? "against" : "version"] = what is "version" ? null : Shown,
    }));

    private string Download(string? notation) => string.Create(
        CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow.Id}/spec?version={Shown}{(notation is null ? "" : $"&notation={notation}")}");
}
