using Xunit;

namespace Torc.Tests.Support;

/// <summary>Bounds every wait of a test: a right answer comes at once, a wrong one must not hang the run.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task<T> NextAsync<T>(this IAsyncEnumerable<T> items) =>
        items.FirstAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
}
