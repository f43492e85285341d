using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of the files of a workflow: which of them.</summary>
public sealed partial class FilesPage
{
    [Parameter]
    public long Id { get; set; }

    /// <summary>A part of their names or paths.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }
}
