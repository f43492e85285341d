using Microsoft.AspNetCore.WebUtilities;

namespace Torc.Web.Api;

/// <summary>Says where a list goes on: by a link of the relation <c>next</c>, as RFC 8288 has it, so that the body is the list and nothing else.</summary>
internal static class NextPage
{
    public const string Parameter = "cursor";

    /// <param name="found">What fits on the page, and one entry more if there is one.</param>
    /// <param name="limit">How many fit.</param>
    /// <param name="cursorOf">The cursor behind an entry.</param>
    /// <returns>What fits.</returns>
    public static IReadOnlyList<T> Cut<T>(HttpContext context, IReadOnlyList<T> found, int limit, Func<T, string> cursorOf)
    {
        if (found.Count <= limit)
        {
            return found;
        }

        Tell(context, cursorOf(found[limit - 1]));
        return [.. found.Take(limit)];
    }

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
