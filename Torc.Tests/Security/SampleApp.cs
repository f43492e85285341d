using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Torc.Tests.Security;

/// <summary>The smallest interactive site: it brings the endpoints of circuits with it.</summary>
public sealed class SampleApp : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<!doctype html><title>sample</title>");
}
