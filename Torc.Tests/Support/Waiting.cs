using Xunit;

namespace Torc.Tests.Support;

/// <summary>Bounds every wait of a test: a right answer comes at once, a wrong one must not hang the run.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task<T> NextAsync<T>(this IAsyncEnumerable<T> items) =>
        items.FirstAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>For what gives no sign when it happens, such as the end of a process: looks again until it is as it should be.</summary>
    /// <param name="what">Goes on from "waited until".</param>
    /// <param name="patience">By default <see cref="Patience"/>.</param>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> done, string what, TimeSpan? patience = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience ?? Patience);
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        T? last = default;
        try
        {
            do
            {
                last = await look();
                if (done(last))
                {
                    return last;
                }
            }
            while (await clock.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Said below.
        }

        throw new TimeoutException($"waited {patience ?? Patience} until {what}; last seen: {last}");
    }
}
