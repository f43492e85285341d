using Microsoft.AspNetCore.SignalR;

namespace Torc.Tests.Security;

internal sealed class SampleHub : Hub
{
    public Task<string> Echo(string text) => Context.User is null ? Task.FromResult("") : Task.FromResult(text);
}
