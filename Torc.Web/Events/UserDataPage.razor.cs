using Microsoft.AspNetCore.Components;

namespace Torc.Web.Events;

/// <summary>The address of the user data of a workflow.</summary>
public sealed partial class UserDataPage
{
    [Parameter]
    public long Id { get; set; }
}
