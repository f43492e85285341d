using Torc.Web.Api;

namespace Torc.Web.Security;

/// <summary>Lets only requests pass that <see cref="RequestRules"/> allow, before anything else looks at them.</summary>
internal sealed partial class RequestGuard(RequestDelegate next, ILogger<RequestGuard> logger, PublicAddress? address = null)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (RequestRules.Judge(context.Request, address) is not { } refusal)
        {
            return next(context);
        }

        // Neither path nor headers: a log is no place for what a stranger sends.
        LogRefused(refusal.Status, refusal.Title, context.Connection.Id);
        return Problems.WriteAsync(context, refusal.Status, refusal.Title);
    }

    [LoggerMessage(504, LogLevel.Information, "refused with {Status}: {Why} (connection {ConnectionId})")]
    private partial void LogRefused(int status, string why, string connectionId);
}
