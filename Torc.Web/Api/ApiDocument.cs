using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Web.Api;

/// <summary>The description of the API for programs, as OpenAPI 3.1: made of the endpoints, and of the comments on what crosses the wire.</summary>
internal static class ApiDocument
{
    public const string Address = "/api/v1/openapi.json";

    /// <summary>What the framework calls the one document that there is.</summary>
    public const string Name = "v1";

    private const string Token = "token";

    /// <summary>What the converters of <see cref="TorcJson"/> write.</summary>
    private static readonly Dictionary<Type, (JsonSchemaType Type, string? Format, string? Words)> Written = new()
    {
        [typeof(WorkflowId)] = (JsonSchemaType.Integer, "int64", "The number of a workflow."),
        [typeof(JobId)] = (JsonSchemaType.Integer, "int64", "The number of a job."),
        [typeof(NodeId)] = (JsonSchemaType.Integer, "int64", "The number of a compute node."),
        [typeof(MemorySize)] = (JsonSchemaType.Integer, "int64", "In bytes."),
        [typeof(TimeSpan)] = (JsonSchemaType.Number, "double", "In seconds."),
    };

    /// <summary>The kinds of things that operations are about, in the order in which people meet them.</summary>
    private static readonly (string Name, string Words)[] Tags =
    [
        ("workflows", "Workflows and their jobs: create, start, stop, look at."),
        ("specs", "The text that a workflow is made from, and its versions."),
        ("runs", "What would run again and why, and the runs so far."),
        ("jobs", "One job, its attempts and what they used."),
        ("logs", "What jobs wrote."),
        ("user_data", "JSON values that jobs store and read."),
        ("events", "What happened, from jobs, people and Torc itself."),
        ("nodes", "Machines."),
        ("search", "Workflows, jobs and nodes by name."),
        ("server", "The server itself."),
    ];

    public static void AddTorcApi(this IServiceCollection services)
    {
        // So that PlainRefusals says what is wrong, whatever the environment is called.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi(Name, Set);
    }

    private static void Set(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribeAnswers(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
    }

    /// <summary>Behind security: a stranger does not hear which addresses there are.</summary>
    public static void UseTorcApi(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase), api => api.UseMiddleware<PlainRefusals>());

    public static void MapTorcApi(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Address);

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Torc",
            Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
            Description =
                "All that the pages and the command line can do. Names are in snake_case, instants as RFC 3339 has them in UTC, sizes in bytes, times in seconds; "
                + "what is null is left out. Refusals are application/problem+json with a code of their own.",
        };
        document.Tags = Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Words }).ToHashSet();
        // It answers where it was asked, also behind a prefix.
        document.Servers = null;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "What `torc token` names; in a job $TORC_TOKEN, which is good for its own attempt." },
        };
        foreach (var (path, parameter) in document.Paths.SelectMany(path => path.Value.Operations!.Values.SelectMany(Parameters, (_, parameter) => (path.Key, parameter))))
        {
            parameter.Description ??= NameOf(path, parameter.Name!);
        }

        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
    }

    // Of several that are told by what was asked, such as whether it is a dry run, the framework knows the last one.
    private static void DescribeAnswers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        string[] answers =
        [
            .. context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>()
                .Where(answer => answer is { StatusCode: StatusCodes.Status200OK, Type.IsGenericType: false })
                .Select(answer => answer.Type!.Name)
                .Distinct(),
        ];
        if (answers.Length > 1)
        {
            operation.Responses![$"{StatusCodes.Status200OK}"].Content!["application/json"].Schema = new OpenApiSchema { OneOf = [.. answers.Select(name => new OpenApiSchemaReference(name, context.Document))] };
        }
    }

    private static IEnumerable<OpenApiParameter> Parameters(OpenApiOperation operation) => operation.Parameters?.OfType<OpenApiParameter>() ?? [];

    // Of {id} the address says what it is the number of.
    private static string? NameOf(string path, string parameter) => parameter switch
    {
        "id" => $"The number of the {path.Split('/')[3].TrimEnd('s')}.",
        "number" => "The number of the attempt, from 1.",
        "name" => "The name of the user data.",
        "before" or "after" => "The number of a run, from 1.",
        _ => null,
    };

    private static void Describe(OpenApiSchema schema, JsonTypeInfo written)
    {
        var type = Nullable.GetUnderlyingType(written.Type) ?? written.Type;
        var orNull = type == written.Type ? default : JsonSchemaType.Null;
        if (Written.TryGetValue(type, out var known))
        {
            (schema.Type, schema.Format, schema.Pattern) = (known.Type | orNull, known.Format, null);
            schema.Description ??= known.Words;
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Enum = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, written.Options.GetTypeInfo(type))).OfType<JsonNode>()];
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(SseItem<>))
        {
            schema.Type = JsonSchemaType.String;
            schema.Properties = null;
            schema.Required = null;
            schema.Description = $"Server-sent events; the data of each is one {type.GenericTypeArguments[0].Name} as JSON.";
        }

        // What is null is left out.
        foreach (var property in written.Properties.Where(property => property.IsGetNullable))
        {
            schema.Required?.Remove(property.Name);
        }
    }
}
