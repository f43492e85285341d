using Microsoft.AspNetCore.Components;

namespace Torc.Tests.Security;

[Route("/sample/{id:int}")]
public sealed class SamplePage : ComponentBase
{
    [Parameter]
    public int Id { get; set; }
}
