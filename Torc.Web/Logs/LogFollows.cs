using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Logs;

/// <summary>Follows logs while they are written. However many follow one log, its node is asked once a second whether there is more.</summary>
internal sealed class LogFollows(LogDesk desk, LogQueries places, TimeProvider time)
{
    /// <summary>What is new in a log.</summary>
    public const string Text = "text";

    /// <summary>Why nothing comes for now.</summary>
    public const string Note = "note";

    /// <summary>Nothing comes any more.</summary>
    public const string End = "end";

    private const int PartBytes = 128 << 10;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(AttemptId, LogStream), Look> _looks = [];

    /// <param name="offset">From here on, in bytes; negative counts from the end.</param>
    /// <returns>Each with the offset behind it as its id, from which to go on after a lost connection.</returns>
    public async IAsyncEnumerable<SseItem<LogNews>> FollowAsync(AttemptId attempt, LogStream stream, long offset, [EnumeratorCancellation] CancellationToken cancel)
    {
        var look = Join((attempt, stream));
        try
        {
            long? position = offset < 0 ? null : offset;
            string? told = null;
            while (true)
            {
                // Asked for before it is looked at, so that no news falls in between.
                var next = look.Next;
                if (look.Seen is { } seen)
                {
                    position ??= Math.Max(0, seen.Length + offset);
                    string? trouble = seen.Missing;
                    while (trouble is null && position < seen.Length)
                    {
                        var reading = seen.Chunk.Offset == position ? new LogReading(seen.Chunk) : await desk.ReadAsync(attempt, stream, position.Value, PartBytes, cancel);
                        trouble = reading.Chunk.Missing;
                        if (reading is { Gap: { } gap, Chunk.Offset: var start } && start == gap.To && position < start)
                        {
                            yield return Item(Note, new LogNews(position.Value, Note: gap.Words), position.Value);
                        }

                        if (trouble is null && News(reading.Chunk, isLast: seen.IsOver) is { } news)
                        {
                            position = reading.Chunk.Offset + news.Length;
                            yield return Item(Text, news.Told, position.Value);
                        }
                        else
                        {
                            // Half a character; the other half comes with what follows.
                            break;
                        }
                    }

                    if (seen.IsOver)
                    {
                        yield return Item(End, new LogNews(position.Value, Note: trouble), position.Value);
                        yield break;
                    }

                    if (trouble is not null && trouble != told)
                    {
                        yield return Item(Note, new LogNews(position.Value, Note: trouble), position.Value);
                    }

                    told = trouble;
                }

                await next.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancel.IsCancellationRequested)
                {
                    yield break;
                }

                if (next.IsFaulted)
                {
                    // Whoever wants to go on asks again from here.
                    yield return Item(Note, new LogNews(position ?? 0, Note: "The log cannot be followed right now."), position ?? 0);
                    yield break;
                }
            }
        }
        finally
        {
            await LeaveAsync((attempt, stream));
        }
    }

    private static SseItem<LogNews> Item(string kind, LogNews news, long next) => new(news, kind) { EventId = next.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    /// <returns>Null if there is nothing whole in it.</returns>
    private static (LogNews Told, int Length)? News(LogChunk chunk, bool isLast)
    {
        bool isEnd = chunk.Offset + chunk.Content.Length == chunk.TotalLength;
        int length = isLast && isEnd ? chunk.Content.Length : LogCut.WholeCharacters(chunk.Content);
        var content = chunk.Content.AsSpan(0, length);
        return length == 0 ? null : (Utf8.IsValid(content) ? new LogNews(chunk.Offset, Encoding.UTF8.GetString(content)) : new LogNews(chunk.Offset, Bytes: content.ToArray()), length);
    }

    private Look Join((AttemptId, LogStream) log)
    {
        lock (_gate)
        {
            if (!_looks.TryGetValue(log, out var look))
            {
                look = new Look();
                look.Looking = LookAsync(log, look);
                _looks.Add(log, look);
            }

            look.Followers++;
            return look;
        }
    }

    private async Task LeaveAsync((AttemptId, LogStream) log)
    {
        Look look;
        lock (_gate)
        {
            look = _looks[log];
            if (--look.Followers > 0)
            {
                return;
            }

            _looks.Remove(log);
        }

        await look.Left.CancelAsync();
        await look.Looking;
        look.Left.Dispose();
    }

    private async Task LookAsync((AttemptId Attempt, LogStream Stream) log, Look look)
    {
        var left = look.Left.Token;
        try
        {
            // Whoever joins does not wait for the first look.
            await Task.Yield();
            long position = -PartBytes;
            while (true)
            {
                // Asked for before the log is: what it has then is all.
                bool isOver = await places.FindAsync(log.Attempt, left) is null or { EndedAt: not null };
                var chunk = (await desk.ReadAsync(log.Attempt, log.Stream, position, PartBytes, left)).Chunk;
                long length = chunk.Missing is null ? chunk.TotalLength : Math.Max(position, 0);
                position = length;
                look.Publish(new Sight(chunk, length, chunk.Missing, isOver));
                if (isOver)
                {
                    return;
                }

                await Task.Delay(Pace, time, left);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody follows any more.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            look.Fail(failure);
        }
    }

    /// <param name="Length">Of the log, in bytes.</param>
    /// <param name="IsOver">Whether nothing will be added.</param>
    private sealed record Sight(LogChunk Chunk, long Length, string? Missing, bool IsOver);

    private sealed class Look
    {
        private TaskCompletionSource _next = New();

        public int Followers { get; set; }

        public CancellationTokenSource Left { get; } = new();

        public Task Looking { get; set; } = Task.CompletedTask;

        public Sight? Seen { get; private set; }

        /// <summary>Ends when there is more to see.</summary>
        public Task Next => Volatile.Read(ref _next).Task;

        public void Publish(Sight seen)
        {
            Seen = seen;
            Interlocked.Exchange(ref _next, New()).SetResult();
        }

        public void Fail(Exception failure) => _next.SetException(failure);

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
