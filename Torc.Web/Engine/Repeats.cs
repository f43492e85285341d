using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Web.Api;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>Requests that may come twice, since their answers may be lost: the header Idempotency-Key names them.</summary>
internal static class Repeats
{
    public const string Header = "Idempotency-Key";

    public const string HeaderWords = "Names this request, in 1 to 255 characters: within a day a second one of this name does nothing and gets the answer of the first.";

    /// <param name="asked">What the request asks for, part by part.</param>
    /// <returns>Null without a name; or why it is none.</returns>
    public static (RequestKey? Key, JsonHttpResult<Problem>? Refusal) KeyOf(string? name, params ReadOnlySpan<string?> asked) => name switch
    {
        null => (null, null),
        { Length: 0 or > RequestRow.MaxKeyLength } => (null, Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a key", $"{Header} has 1 to {RequestRow.MaxKeyLength} characters.")),
        _ => (RequestKey.Of(name, asked), null),
    };

    /// <summary>The workflow that the first request came to, as it is now.</summary>
    public static async Task<(WorkflowView? Workflow, JsonHttpResult<Problem>? Refusal)> AnswerAsync(
        RequestKey key, KeptRequest before, HttpResponse response, WorkflowStore store, CancellationToken cancel)
    {
        if (before.Key != key)
        {
            return (null, Problems.Refused(
                StatusCodes.Status422UnprocessableEntity, "The key was used before", $"Another request had the {Header} \"{key.Key}\". Name each request differently, and repeat only the same."));
        }

        response.Headers["Idempotency-Replayed"] = "true";
        return await store.FindAsync(before.Workflow, cancel) is { } workflow ? (workflow.View(), null) : (null, Problems.NotFound($"There is no workflow {before.Workflow} any more."));
    }
}
