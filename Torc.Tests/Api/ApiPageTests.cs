using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Torc.Web.Api;
using Xunit;

namespace Torc.Tests.Api;

public sealed class ApiPageTests : BunitContext
{
    [Fact]
    public void It_shows_what_each_operation_takes_and_answers_and_leads_to_what_is_sent()
    {
        Services.AddKeyedSingleton<IOpenApiDocumentProvider>("v1", new Described());

        var page = Render<ApiPage>();

        var operation = page.WaitForElement("[data-testid=operation]");
        Assert.Equal("GET /api/v1/jobs/{id} All that is known of a job", Words(operation.QuerySelector("summary")!));
        Assert.Equal(["id integer path The number of the job."], operation.QuerySelectorAll("tr").Select(row => Words(row)));
        Assert.Equal(["200", "404"], operation.QuerySelectorAll("dt").Select(status => status.TextContent));
        Assert.Equal("api#schema-Job", operation.QuerySelector("dd a")!.GetAttribute("href"));
        Assert.Equal(["name string always What it is called.", "tags list of string"], page.FindAll("#schema-Job tr").Select(row => Words(row)));
    }

    private static string Words(IElement element) => string.Join(' ', element.Children.Select(child => child.TextContent.Trim()).Where(words => words.Length > 0));

    private sealed class Described : IOpenApiDocumentProvider
    {
        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default)
        {
            var document = new OpenApiDocument { Tags = new HashSet<OpenApiTag> { new() { Name = "jobs" } }, Info = new OpenApiInfo { Version = "1.2.3" } };
            document.AddComponent("Job", new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "name" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["name"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What it is called." },
                    ["tags"] = new OpenApiSchema { Type = JsonSchemaType.Array | JsonSchemaType.Null, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            });
            var operation = new OpenApiOperation
            {
                OperationId = "get_job",
                Tags = new HashSet<OpenApiTagReference> { new("jobs", document) },
                Summary = "All that is known of a job",
                Parameters = [new OpenApiParameter { Name = "id", In = ParameterLocation.Path, Description = "The number of the job.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } }],
                Responses = new OpenApiResponses
                {
                    ["200"] = new OpenApiResponse { Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchemaReference("Job", document) } } },
                    ["404"] = new OpenApiResponse(),
                },
            };
            document.Paths = new OpenApiPaths { ["/api/v1/jobs/{id}"] = new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } } };
            return Task.FromResult(document);
        }
    }
}
