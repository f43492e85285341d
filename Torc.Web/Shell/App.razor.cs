using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Torc.Web.Shell;

/// <summary>The document around every page.</summary>
public sealed partial class App(TimeProvider time)
{
    // A page rendered twice would ask the store twice. The first picture is the document itself: bar, colours and all.
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: false);

    private DateTimeOffset _now;
    private string _base = "/";

    [CascadingParameter]
    public HttpContext? Http { get; set; }

    protected override void OnInitialized()
    {
        _now = time.GetUtcNow();
        _base = $"{Http?.Request.PathBase}/";
    }
}
