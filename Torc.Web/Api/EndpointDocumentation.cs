using Torc.Shared.Contracts;

namespace Torc.Web.Api;

/// <summary>What the types of an endpoint do not say about it.</summary>
internal static class EndpointDocumentation
{
    /// <param name="statuses">With which it may refuse.</param>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params int[] statuses) =>
        statuses.Aggregate(endpoint, (documented, status) => documented.Produces<Problem>(status, Problems.ContentType));

    /// <summary>It reads its body itself, to say in words what is wrong with it.</summary>
    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.Accepts<T>("application/json");
}
