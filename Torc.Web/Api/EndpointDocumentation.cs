using Torc.Shared.Contracts;

namespace Torc.Web.Api;

/// <summary>What the types of an endpoint do not say about it.</summary>
internal static class EndpointDocumentation
{
    /// <summary>Whatever is asked: what cannot be read, who is not known, a database in trouble.</summary>
    private static readonly int[] Always = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status503ServiceUnavailable];

    /// <param name="id">What programs that are made from the document call it.</param>
    /// <param name="summary">What it does, as in a list.</param>
    /// <param name="refusals">With which statuses it may refuse, beside those with which all may.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string id, string summary, params int[] refusals) =>
        Always.Concat(refusals).Aggregate(endpoint.WithName(id).WithSummary(summary), (documented, status) => documented.Produces<Problem>(status, Problems.ContentType));

    /// <summary>It reads its body itself, to say in words what is wrong with it.</summary>
    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.Accepts<T>("application/json");

    /// <summary>Its body is the text of a spec.</summary>
    public static RouteHandlerBuilder AcceptsSpec(this RouteHandlerBuilder endpoint) => endpoint.Accepts<string>("application/yaml", "application/json", "application/octet-stream");
}
