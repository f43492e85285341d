using Microsoft.AspNetCore.Components.Web;

namespace Torc.Web.Shell;

/// <summary>The bar above every page and the room below it.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;

    // A page that broke must not take the next one with it.
    protected override void OnParametersSet() => _boundary?.Recover();
}
