using Microsoft.AspNetCore.Components;

namespace Torc.Web.Shell;

/// <summary>What is shown at an address that is none of ours.</summary>
public sealed partial class NotFound(NavigationManager navigation)
{
    private const int MostShown = 120;

    private string Address
    {
        get
        {
            string address = $"/{navigation.ToBaseRelativePath(navigation.Uri)}";
            return address.Length > MostShown ? $"{address[..MostShown]}…" : address;
        }
    }
}
