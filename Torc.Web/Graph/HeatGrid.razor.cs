using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;
using Torc.Web.Shell;

namespace Torc.Web.Graph;

/// <summary>
/// One cell for each job of a group, of any size, on a canvas. The browser gets a byte for each job once, and afterwards five for each
/// that changes.
/// </summary>
public sealed partial class HeatGrid(IJSRuntime js) : IAsyncDisposable
{
    private const int BytesOfChange = 5;
    private const byte EmptyCode = byte.MaxValue;

    private static readonly string[] StatusNames = [.. Enum.GetValues<JobStatus>().Order().Select(status => StatusLook.Of(status).Name), StatusLook.Unknown(JobStatus.Running).Name];
    private static readonly byte UnknownCode = (byte)(StatusNames.Length - 1);
    private readonly Dictionary<int, int> _cells = [];
    private ElementReference _root;
    private JsModule? _script;
    private DotNetObjectReference<HeatGrid>? _self;
    private int[] _cellJobs = [];
    private (JobGroup Group, string? Order)? _sorted;
    private long _beat;
    private string? _note;

    [Parameter, EditorRequired]
    public JobGroup Group { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowDefinition Workflow { get; set; } = null!;

    /// <summary>All jobs of the workflow, in the order of the spec.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>How many jobs of the group have each status.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<JobStatus, int> Counts { get; set; } = null!;

    /// <summary>How many of them nobody knows any more to be so.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobStatus, int> Unknown { get; set; } = StatusCounts.None;

    /// <summary>The positions of the jobs that changed with this <see cref="Beat"/>.</summary>
    [Parameter]
    public IReadOnlyList<int> Changed { get; set; } = [];

    /// <summary>Another number says that something changed.</summary>
    [Parameter]
    public long Beat { get; set; }

    /// <summary>The statuses that are looked for; others are faint. Empty for all.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<JobStatus> Wanted { get; set; } = null!;

    [Parameter]
    public EventCallback<IReadOnlySet<JobStatus>> WantedChanged { get; set; }

    /// <summary>One of <see cref="GridOrder.Of"/>.</summary>
    [Parameter]
    public string Order { get; set; } = GridOrder.ByIndex;

    [Parameter]
    public EventCallback<string?> OrderChanged { get; set; }

    /// <summary>The position of the selected job; null if none is.</summary>
    [Parameter]
    public int? Selected { get; set; }

    /// <summary>Somebody chose a job, by its name.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>The address of the group's jobs as a table.</summary>
    [Parameter, EditorRequired]
    public string Table { get; set; } = null!;

    [JSInvokable]
    public Task ChooseAsync(int cell) => JobIn(cell) is { } job ? InvokeAsync(() => Chosen.InvokeAsync(job.Name)) : Task.CompletedTask;

    /// <returns>What is said of a cell that somebody points at.</returns>
    [JSInvokable]
    public string Describe(int cell) => JobIn(cell) is { } job
        ? $"{job.Name}: {StatusLook.Of(job).Word}{(job.Node is { } node ? $" on {node}" : "")}{(job.Reason is { } reason ? $". {reason}" : "")}"
        : "";

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop", _root);
            await _script.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new JsModule(js, Assets["js/heatgrid.js"]);
            _self = DotNetObjectReference.Create(this);
            await _script.CallAsync("start", _root, _self, StatusNames);
        }

        if (_sorted != (Group, Order))
        {
            await ArrangeAsync();
        }
        else if (_beat != Beat)
        {
            await RecolourAsync();
        }

        _beat = Beat;
        await _script!.TryCallAsync("look", _root, WantedCodes(), Selected is { } job && _cells.TryGetValue(job, out int cell) ? cell : -1);
    }

    private string OrderWords => _note is null ? GridOrder.Of(Workflow, Group).FirstOrDefault(one => one.Order == Order).Words ?? Order : "one after the other";

    private JobView? JobIn(int cell) => cell >= 0 && cell < _cellJobs.Length && _cellJobs[cell] != GridPlan.Empty ? Jobs[_cellJobs[cell]] : null;

    private static byte CodeOf(JobView job) => job.UnknownSince is null ? (byte)job.Status : UnknownCode;

    // What is not known any more is found where it was seen last.
    private int[] WantedCodes() => [.. Wanted.Select(status => (int)status), .. Wanted.Contains(JobStatus.Running) || Wanted.Contains(JobStatus.Pending) ? [UnknownCode] : Array.Empty<int>()];

    private async Task ArrangeAsync()
    {
        _sorted = (Group, Order);
        var plan = GridOrder.Arrange(Workflow, Group, Jobs, Order);
        _cellJobs = plan.Cells;
        _cells.Clear();
        byte[] statuses = new byte[_cellJobs.Length];
        for (int cell = 0; cell < _cellJobs.Length; cell++)
        {
            statuses[cell] = EmptyCode;
            if (JobIn(cell) is { } job)
            {
                _cells[_cellJobs[cell]] = cell;
                statuses[cell] = CodeOf(job);
            }
        }

        // As a stream: in one message it could be larger than a connection takes. {"columns":["1","2"],"rows":["fast","slow"]}, a zero, and a byte for each cell.
        byte[] labels = JsonSerializer.SerializeToUtf8Bytes(new { columns = plan.Columns, rows = plan.Rows });
        using var stream = new MemoryStream([.. labels, 0, .. statuses]);
        using var sent = new DotNetStreamReference(stream);
        await _script!.TryCallAsync("arrange", _root, sent);
        if (_note != plan.Note)
        {
            _note = plan.Note;
            StateHasChanged();
        }
    }

    private async Task RecolourAsync()
    {
        var changes = new List<byte>();
        byte[] place = new byte[sizeof(int)];
        foreach (int job in Changed)
        {
            if (_cells.TryGetValue(job, out int cell))
            {
                BinaryPrimitives.WriteInt32LittleEndian(place, cell);
                changes.AddRange(place);
                changes.Add(CodeOf(Jobs[job]));
            }
        }

        foreach (byte[] part in changes.Chunk(BytesOfChange * 4096))
        {
            await _script!.TryCallAsync("recolour", _root, part);
        }
    }
}
