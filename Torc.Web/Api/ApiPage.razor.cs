using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.OpenApi;

namespace Torc.Web.Api;

/// <summary>The API for people: what <see cref="ApiDocument"/> says, to read.</summary>
public sealed partial class ApiPage([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider documents, NavigationManager navigation)
{
    private ApiReference? _reference;

    private string Address => navigation.BaseUri;

    protected override async Task OnInitializedAsync() => _reference = ApiReference.Of(await documents.GetOpenApiDocumentAsync());
}
