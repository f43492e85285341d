namespace Torc.Web.Api;

/// <summary>A parameter, or a property of what is sent.</summary>
/// <param name="Where">Where a parameter stands, such as <c>query</c>; of a property <c>always</c>, or nothing if it may be left out.</param>
public sealed record ApiField(string Name, ApiType Type, string Where, string? Words);
