using Microsoft.AspNetCore.Components;

namespace Torc.Web.Api;

/// <summary>What a value is; leads to where that is told.</summary>
public sealed partial class ApiTypeLink
{
    [Parameter, EditorRequired]
    public ApiType Type { get; set; } = new("any");
}
