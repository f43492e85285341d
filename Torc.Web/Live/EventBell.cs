using System.Threading.Channels;
using Torc.Shared.Jobs;

namespace Torc.Web.Live;

/// <summary>Says that a workflow, or any, has new events or user data. They themselves are read from the store, in order and without gaps.</summary>
public sealed class EventBell : IDisposable
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<EventBell> _closed;

    internal EventBell(WorkflowId? workflow, Action<EventBell> closed)
    {
        Workflow = workflow;
        _closed = closed;
    }

    /// <summary>Null for every workflow.</summary>
    public WorkflowId? Workflow { get; }

    /// <summary>Returns when there was something new since it returned last.</summary>
    public async Task WaitAsync(CancellationToken cancel) => await _rung.Reader.ReadAsync(cancel);

    public void Dispose() => _closed(this);

    internal void Ring() => _rung.Writer.TryWrite(true);
}
