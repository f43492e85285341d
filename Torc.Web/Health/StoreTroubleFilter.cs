using Microsoft.AspNetCore.SignalR;
using Torc.Web.Data;

namespace Torc.Web.Health;

/// <summary>Tells agents in plain words why their word was not taken. They keep it, and come again.</summary>
internal sealed class StoreTroubleFilter(StoreHealth health) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception failure) when (health.Explain(failure) is { } trouble)
        {
            throw new HubException(trouble.Message, failure);
        }
    }
}
