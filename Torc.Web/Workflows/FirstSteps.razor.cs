using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>What a person sees before there is any workflow.</summary>
public sealed partial class FirstSteps
{
    /// <summary>The person wants to give a spec.</summary>
    [Parameter]
    public EventCallback Chosen { get; set; }
}
