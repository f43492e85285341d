using System.Text.Json;
using System.Text.RegularExpressions;

namespace Torc.Web.Api;

/// <summary>Says in words what no endpoint of the API was asked: that there is nothing at an address, or that a request cannot be read.</summary>
internal sealed partial class PlainRefusals(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, unreadable.StatusCode, "The request cannot be read", Explain(unreadable));
            return;
        }

        if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentType: null })
        {
            var (title, detail) = Explain(context.Response);
            await Problems.WriteAsync(context, context.Response.StatusCode, title, detail);
        }
    }

    private static (string Title, string? Detail) Explain(HttpResponse refused) => refused.StatusCode switch
    {
        StatusCodes.Status404NotFound => ("Not found", $"There is nothing at this address; {ApiDocument.Address} lists all that there are."),
        StatusCodes.Status405MethodNotAllowed => ("Not the method", $"This address takes {refused.Headers.Allow}."),
        StatusCodes.Status415UnsupportedMediaType => ("Not the type", "The body of this request is JSON: its Content-Type is application/json."),
        _ => ("The request was refused", null),
    };

    private static string Explain(BadHttpRequestException unreadable)
    {
        // Failed to bind parameter "int tailLines" from "many".
        if (Parameter().Match(unreadable.Message) is { Success: true } parameter)
        {
            return $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Groups["name"].Value)} cannot be \"{parameter.Groups["value"].Value}\".";
        }

        return unreadable.InnerException is JsonException { Path: { } path } json
            ? $"Its body is not the JSON that is asked for: see {path}, line {(json.LineNumber ?? 0) + 1}. {ApiDocument.Address} says what it may be."
            : $"Its body or its parameters are not what is asked for; {ApiDocument.Address} says what they may be.";
    }

    [GeneratedRegex("^Failed to bind parameter \"[^\"]* (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
