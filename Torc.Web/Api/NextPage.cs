using Microsoft.AspNetCore.WebUtilities;

namespace Torc.Web.Api;

/// <summary>Says where a list goes on: by a link of the relation <c>next</c>, as RFC 8288 has it, so that the body is the list and nothing else.</summary>
internal static class NextPage
{
    public const string Parameter = "cursor";

    /// <param name="cursor">Null if the list ends here.</param>
    public static void Tell(HttpContext context, string? cursor)
    {
        if (cursor is null)
        {
            return;
        }

        var query = context.Request.Query.Where(pair => pair.Key != Parameter).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        string next = QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path, query.Append(KeyValuePair.Create(Parameter, (string?)cursor)));
        context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
    }
}
