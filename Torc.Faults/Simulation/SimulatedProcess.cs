namespace Torc.Faults.Simulation;

/// <summary>
/// A process of the world: what runs in it runs in its synchronization context, so that it can be killed between any two steps, and
/// frozen, without knowing.
/// </summary>
internal sealed class SimulatedProcess(EventQueue events, string name) : SynchronizationContext
{
    private readonly Queue<Action> _frozen = new();
    private int _freezes;

    public string Name { get; } = name;

    public bool IsAlive { get; private set; } = true;

    public bool IsFrozen => _freezes > 0;

    /// <summary>Runs what is left of it when it is gone: the world's own doing.</summary>
    public event Action? Ended;

    /// <summary>The first failure that left it; a process does not survive one.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts its main task. The process ends with it.</summary>
    public void Start(Func<Task> main) => Run(() => _ = MainAsync(main));

    /// <summary>Lets it do something later.</summary>
    public override void Post(SendOrPostCallback d, object? state) => Run(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nothing waits in the simulation");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Lets it do something as soon as it can: never, if it is dead by then.</summary>
    public void Run(Action step)
    {
        if (IsAlive)
        {
            events.In(TimeSpan.Zero, () => Step(step));
        }
    }

    public void Kill()
    {
        if (IsAlive)
        {
            IsAlive = false;
            _frozen.Clear();
            Ended?.Invoke();
        }
    }

    public void Freeze() => _freezes++;

    public void Thaw()
    {
        if (--_freezes == 0)
        {
            foreach (var step in _frozen)
            {
                Run(step);
            }

            _frozen.Clear();
        }
    }

    private void Step(Action step)
    {
        if (!IsAlive)
        {
            return;
        }

        if (IsFrozen)
        {
            _frozen.Enqueue(step);
            return;
        }

        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            step();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private async Task MainAsync(Func<Task> main)
    {
        try
        {
            await main();
        }
        catch (Exception failure)
        {
            Failure = failure;
        }

        Kill();
    }
}
