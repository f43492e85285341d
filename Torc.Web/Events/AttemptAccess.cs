using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Security;

namespace Torc.Web.Events;

/// <summary>Lets an attempt in that is still open, to its own workflow alone. The owner passes.</summary>
internal sealed class AttemptAccess(WorkflowEngine engine) : IEndpointFilter
{
    private static readonly object OriginKey = new();

    /// <summary>The attempt that asks; null for somebody from outside.</summary>
    public static AttemptOrigin? OriginOf(HttpContext context) => context.Items[OriginKey] as AttemptOrigin;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (TorcAuthentication.AttemptOf(http.User) is not { } attempt)
        {
            return await next(context);
        }

        if (await engine.ReadAsync(state => state.OpenAttempt(attempt), http.RequestAborted) is not { } origin)
        {
            return Problems.Refused(StatusCodes.Status403Forbidden, "The attempt is over", $"This token was given to attempt {attempt.Number} of job {attempt.Job}, which does not run any more.");
        }

        if (http.GetRouteValue("id") is not string id || id != origin.Workflow.ToString())
        {
            return Problems.Refused(StatusCodes.Status403Forbidden, "Another workflow", $"This token opens workflow {origin.Workflow}, the one that its job belongs to.");
        }

        http.Items[OriginKey] = origin;
        return await next(context);
    }
}
