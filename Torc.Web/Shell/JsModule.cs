using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;

namespace Torc.Web.Shell;

/// <summary>One of our script modules, loaded when it is first called. A browser that has gone needs no cleaning up.</summary>
/// <param name="path">As the asset collection gives it, relative to the base address.</param>
internal sealed class JsModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async Task CallAsync(string function, params object?[] arguments) =>
        await (await LoadAsync()).InvokeVoidAsync(function, arguments);

    /// <summary>Waits as long as it takes: what it asks for, such as an upload, ends by itself.</summary>
    public async Task<T> AskAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(string function, params object?[] arguments) =>
        await (await LoadAsync()).InvokeAsync<T>(function, Timeout.InfiniteTimeSpan, arguments);

    public async ValueTask DisposeAsync()
    {
        if (_module is null)
        {
            return;
        }

        try
        {
            await (await _module).DisposeAsync();
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The page was closed together with its connection, or the module could not be loaded in the first place.
        }
    }

    /// <summary>For what a component takes back when it goes: without a browser there is nothing to take back.</summary>
    public async Task TryCallAsync(string function, params object?[] arguments)
    {
        if (_module is null)
        {
            return;
        }

        try
        {
            await CallAsync(function, arguments);
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // As above.
        }
    }

    private Task<IJSObjectReference> LoadAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", "./" + path).AsTask();
}
