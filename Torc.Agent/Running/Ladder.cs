using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Running;

/// <summary>
/// Says when an attempt is asked to end, when it is ended, and when to look again: by its runtime, by its lease, by what somebody
/// wants. It knows no clock and no process. Moments are the time since some fixed one, and come in from outside.
/// </summary>
/// <param name="askedAt">When the agent asked for the attempt: its lease counts from then.</param>
internal sealed class Ladder(Assignment assignment, TimeSpan askedAt)
{
    /// <summary>How long SIGKILL may take: longer, and the process hangs in the kernel, where no signal reaches it.</summary>
    public static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(60);

    /// <summary>The server counts the lease from later, and gives the job to another node at its end: the rest is the margin between them.</summary>
    private const double OurPartOfLease = 0.9;

    // A process that was just about to fork left a child behind, so one SIGKILL is seldom enough. Soon at first, then at leisure.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _runtime = assignment.Granted.Runtime;
    private readonly TimeSpan _grace = assignment.Grace;
    private readonly TimeSpan? _lease = assignment.Lease;

    private TimeSpan _lastWord = askedAt;
    private TimeSpan? _killAt;
    private TimeSpan? _killedSince;
    private TimeSpan _killAgainAt;
    private TimeSpan _pause = FirstPause;
    private bool _wasAsked;
    private bool _gaveUp;
    private bool _leaderEnded;

    /// <summary>The first one counts: what comes while an attempt ends already does not change why.</summary>
    public EndCause? Cause { get; private set; }

    /// <summary>When the command started; null before.</summary>
    public TimeSpan? StartedAt { get; private set; }

    /// <summary>Whether its processes were sent a signal: an exit before that is the command's own.</summary>
    public bool HasSignaled => _wasAsked || _killedSince is not null;

    /// <summary>The moment at which nothing of the attempt may be left unless the server is heard again; null without a lease.</summary>
    private TimeSpan? LeaseEnds => _lease is { } lease ? _lastWord + (OurPartOfLease * lease) : null;

    // A grace as long as the lease would end a job as soon as it begins.
    private TimeSpan? LeaseAsks => LeaseEnds - Shorter(_grace, _lease / 3);

    /// <summary>The next moment at which <see cref="Next"/> may have something to say.</summary>
    public TimeSpan LookAgainAt
    {
        get
        {
            if (_killAt is { } kill)
            {
                return _killedSince is not null ? _killAgainAt : _wasAsked ? Shorter(kill, LeaseEnds) : TimeSpan.Zero;
            }

            return Shorter(StartedAt + _runtime ?? TimeSpan.MaxValue, (StartedAt is null ? LeaseEnds : LeaseAsks) ?? TimeSpan.MaxValue);
        }
    }

    /// <summary>The server was heard. An answer that was overtaken by a later one shortens nothing.</summary>
    public void Renew(TimeSpan askedAt) => _lastWord = _lastWord > askedAt ? _lastWord : askedAt;

    /// <summary>Whether it is worth to start the command: not when it would be asked to end at once.</summary>
    public bool MayStart(TimeSpan now) => !(LeaseAsks <= now);

    /// <summary>Why an attempt that waits will not be started any more; null if it may be.</summary>
    public EndCause? GivenUpBeforeStart(TimeSpan now) => LeaseEnds <= now ? LeaseOver(now) : null;

    /// <summary>The command starts.</summary>
    public void Start(TimeSpan now) => StartedAt = now;

    /// <summary>Somebody wants the attempt to end.</summary>
    public void Ask(EndCause cause, TimeSpan now)
    {
        Cause ??= cause;
        EndBy(now + _grace);
    }

    /// <summary>The attempt is to end without any grace.</summary>
    public void Force(EndCause cause, TimeSpan now)
    {
        Cause ??= cause;
        EndBy(now);
    }

    /// <summary>The command has ended. If nobody asked for that, what it left running gets no grace.</summary>
    public void LeaderEnded(TimeSpan now)
    {
        _leaderEnded = true;
        if (!_wasAsked)
        {
            EndBy(now);
        }
    }

    /// <summary>What to do now. It is taken to be done: the next call says what comes after it.</summary>
    public Rung Next(TimeSpan now)
    {
        if (!_leaderEnded && StartedAt + _runtime <= now)
        {
            Ask(EndCause.RuntimeOver, now);
        }

        if (LeaseAsks <= now)
        {
            // Also one that ends for another reason and has a long grace: its lease is no longer for that.
            Cause ??= LeaseOver(now);
            EndBy(LeaseEnds!.Value);
        }

        if (_killAt is not { } kill || _gaveUp)
        {
            return Rung.Nothing;
        }

        if (now < kill)
        {
            var rung = _wasAsked ? Rung.Nothing : Rung.Terminate;
            _wasAsked = true;
            return rung;
        }

        _killedSince ??= now;
        if (now - _killedSince >= KillPatience)
        {
            _gaveUp = true;
            return Rung.GiveUp;
        }

        if (now < _killAgainAt)
        {
            return Rung.Nothing;
        }

        _killAgainAt = now + _pause;
        _pause = Shorter(2 * _pause, LongestPause);
        return Rung.Kill;
    }

    private void EndBy(TimeSpan moment) => _killAt = _killAt < moment ? _killAt : moment;

    private EndCause LeaseOver(TimeSpan now) => new(OutcomeKind.Fenced, $"no word from the server for {DurationText.Print(now - _lastWord)}");

    private static TimeSpan Shorter(TimeSpan one, TimeSpan? other) => one < other ? one : other ?? one;
}
