namespace Torc.Web.Api;

/// <param name="MediaType">Such as <c>application/json</c>.</param>
public sealed record ApiContent(string MediaType, ApiType Type);
