using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Jobs;

/// <summary>A log as a page of its own: which attempt and stream is said here, and the browser fetches and shows it.</summary>
public sealed partial class LogView(IJSRuntime js, NavigationManager navigation) : IAsyncDisposable
{
    private static readonly string[] Streams = ["stdout", "stderr"];

    private ElementReference _root;
    private JsModule? _script;
    private (int, string)? _open;

    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    [Parameter, EditorRequired]
    public JobView Job { get; set; } = null!;

    /// <summary>Newest first; at least one.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AttemptView> Attempts { get; set; } = [];

    /// <summary>Which is shown; null for the newest.</summary>
    [Parameter]
    public int? Attempt { get; set; }

    /// <summary>Which is shown: stdout unless it says stderr.</summary>
    [Parameter]
    public string? Stream { get; set; }

    private AttemptView Shown => Attempts.FirstOrDefault(attempt => attempt.Number == Attempt) ?? Attempts[0];

    private string ShownStream => Stream is "stderr" ? "stderr" : Streams[0];

    private string Api => string.Create(CultureInfo.InvariantCulture, $"api/v1/jobs/{Job.Id}/attempts/{Shown.Number}/log");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Another log is another element, so that nothing is left of the one before.
        if (_open != (Shown.Number, ShownStream))
        {
            _open = (Shown.Number, ShownStream);
            _script ??= new JsModule(js, Assets["js/logview.js"]);
            await _script.CallAsync("open", _root, new { Address = Api, Attempt = Shown.Number, Stream = ShownStream });
        }
    }

    private void Pick(ChangeEventArgs chosen) =>
        navigation.NavigateTo(Address(int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture), ShownStream));

    private string Address(int? attempt, string stream) => JobAddress.OfLog(Workflow, Job.Id, Job.Name, attempt, stream);

    private static string AttemptWords(AttemptView attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{attempt.Number} · run {attempt.Run} · {(attempt.Outcome is { } outcome ? OutcomeText.ForPeople(outcome) : attempt.StartedAt is null ? "starting" : "running")}");
}
