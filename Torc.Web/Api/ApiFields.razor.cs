using Microsoft.AspNetCore.Components;

namespace Torc.Web.Api;

/// <summary>Parameters, or properties, one below the other.</summary>
public sealed partial class ApiFields
{
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<ApiField> Fields { get; set; } = [];
}
