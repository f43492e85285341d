using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Torc.Tests.Api;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>Everything that the document of the API names is called, and answers as the document says.</summary>
public sealed partial class ApiWalkTests
{
    private const string Spec = """
        name: walk
        user_data: [{name: results}]
        jobs:
          - {name: makes, command: "echo made; torc data set results 7", output_user_data: [results]}
          - {name: fails, command: "echo broken >&2; exit 3", depends_on: [makes]}
        """;

    /// <summary>What each operation is asked: the rest of the address, and the body.</summary>
    private static readonly Dictionary<string, (string Query, string? Body)> Questions = new()
    {
        ["create_workflow"] = ("?file_name=walk.yaml", Spec),
        ["list_workflows"] = ("?limit=1&q=walk&status=done&status=failed", null),
        ["get_workflow"] = ("", null),
        ["get_timeline"] = ("?run=1", null),
        ["list_jobs"] = ("?select=status:failed&limit=1", null),
        ["start_workflow"] = ("", null),
        ["stop_jobs"] = ("?job=makes", null),
        ["archive_workflow"] = ("", null),
        ["unarchive_workflow"] = ("", null),
        ["turn_off_jobs"] = ("?job=makes", null),
        ["turn_on_jobs"] = ("?select=status:off", null),
        ["list_job_resources"] = ("?limit=1", null),
        ["get_resources"] = ("", null),
        ["export_workflow"] = ("", null),
        ["get_spec"] = ("?notation=json", null),
        ["change_spec"] = ("?file_name=walk.yaml&dry_run=true", Spec),
        ["plan_rerun"] = ("", """{"scope": "failed"}"""),
        ["list_runs"] = ("", null),
        ["compare_runs"] = ("", null),
        ["get_job"] = ("", null),
        ["list_samples"] = ("?points=10", null),
        ["read_log"] = ("?tail_lines=5", null),
        ["search_log"] = ("?pattern=made", null),
        ["stream_log"] = ("?offset=0", null),
        ["download_log"] = ("?stream=stderr", null),
        ["download_logs"] = ("?failed=true", null),
        ["rerun"] = ("", """{"scope": "all"}"""),
        ["list_events"] = ("?limit=2&sort=-number", null),
        ["list_all_events"] = ("?type=torc.run.*&limit=2", null),
        ["stream_events"] = ("?after=0", null),
        ["post_event"] = ("", """{"type": "walked", "data": {"far": true}}"""),
        ["list_user_data"] = ("", null),
        ["get_user_data"] = ("", null),
        ["get_user_data_history"] = ("", null),
        ["store_user_data"] = ("", "8"),
        ["list_nodes"] = ("", null),
        ["list_node_samples"] = ("?points=10", null),
        ["get_usage"] = ("?workflow=1", null),
        ["declare_node_gone"] = ("?dry_run=true", null),
        ["search"] = ("?q=walk&limit=5", null),
        ["create_draft"] = ("?file_name=walk.yaml", Spec),
        ["get_draft_text"] = ("", null),
        ["change_draft_text"] = ("?revision=0", null),
        ["get_health"] = ("", null),
        ["create_login_link"] = ("", null),
        // The last of all: nothing is there any more afterwards.
        ["delete_workflow"] = ("", null),
    };

    /// <summary>What is right to refuse here: a workflow that has ended is neither started nor stopped, and a node that is there is not gone.</summary>
    private static readonly Dictionary<string, HttpStatusCode> Refused = new() { ["start_workflow"] = HttpStatusCode.Conflict, ["stop_jobs"] = HttpStatusCode.Conflict, ["declare_node_gone"] = HttpStatusCode.Conflict };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_answers_as_the_document_says_and_refuses_what_is_not_there()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Spec);
        await site.EndAsync(workflow);
        Assert.Equal(0, (await site.TorcAsync("rerun", "last", "--all", "--yes")).ExitCode);
        await site.EndAsync(workflow);
        var api = new ApiDescription(JsonNode.Parse(await site.Http.GetStringAsync("/api/v1/openapi.json", Cancel))!.AsObject());
        var job = (await site.JobsAsync(workflow))[0].Id;

        var wrong = new List<string>();
        Assert.Equal(Questions.Keys.Order(), api.Operations.Select(operation => operation.Id).Order());
        foreach (var (name, question) in Questions)
        {
            var operation = api.Operations.Single(operation => operation.Id == name);
            wrong.AddRange(Undescribed(operation).Select(what => $"{operation.Id}: {what}"));
            using var answer = await AskAsync(site.Http, operation, Fill(operation.Path, workflow.Value, job.Value), question);
            string? refusal = await api.RefuseAsync(operation, answer, Cancel);
            if (refusal is not null)
            {
                wrong.Add($"{operation.Id}: {refusal}");
            }

            if (answer.IsSuccessStatusCode == Refused.ContainsKey(operation.Id) || (Refused.TryGetValue(operation.Id, out var status) && answer.StatusCode != status))
            {
                wrong.Add($"{operation.Id}: answers {(int)answer.StatusCode}");
            }

            if (operation.Path.Contains("{id}", StringComparison.Ordinal) && operation.Json["responses"]!["404"] is not null)
            {
                using var missing = await AskAsync(site.Http, operation, Fill(operation.Path, 999_999, 999_999), question);
                wrong.AddRange(missing.StatusCode == HttpStatusCode.NotFound && await api.RefuseAsync(operation, missing, Cancel) is null ? [] : [$"{operation.Id}: {(int)missing.StatusCode} for what is not there"]);
            }

            if (operation.Parameters.FirstOrDefault(parameter => parameter["in"]!.ToString() == "query" && parameter["schema"]!["type"]?.ToJsonString().Contains("\"integer\"", StringComparison.Ordinal) is true) is { } number)
            {
                using var unreadable = await AskAsync(site.Http, operation, Fill(operation.Path, workflow.Value, job.Value), ($"?{number["name"]}=many", question.Body));
                string? told = unreadable.StatusCode == HttpStatusCode.BadRequest ? JsonNode.Parse(await unreadable.Content.ReadAsStringAsync(Cancel))!["detail"]?.ToString() : null;
                wrong.AddRange(told == $"{number["name"]} cannot be \"many\"." ? [] : [$"{operation.Id}: {(int)unreadable.StatusCode} {told} for ?{number["name"]}=many"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.StartsWith("3.1", api.Document["openapi"]!.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Undescribed(ApiOperation operation)
    {
        if (!SnakeCase().IsMatch(operation.Id))
        {
            yield return "it has no name";
        }

        if (operation.Json["summary"] is null || operation.Json["tags"]?[0]?.ToString() is not { } tag || tag.EndsWith("Endpoints", StringComparison.Ordinal))
        {
            yield return "it has no summary or no tag";
        }

        foreach (var parameter in operation.Parameters.Where(parameter => parameter["description"] is null))
        {
            yield return $"{parameter["name"]} is not described";
        }
    }

    private static string Fill(string path, long workflow, long job) => path
        .Replace("/workflows/{id}", $"/workflows/{workflow}", StringComparison.Ordinal)
        .Replace("/drafts/{id}", workflow == 1 ? "/drafts/1" : $"/drafts/{workflow}", StringComparison.Ordinal)
        .Replace("/jobs/{id}", $"/jobs/{job}", StringComparison.Ordinal)
        .Replace("/nodes/{id}", workflow == 1 ? "/nodes/1" : $"/nodes/{workflow}", StringComparison.Ordinal)
        .Replace("{number}", "1", StringComparison.Ordinal)
        .Replace("{name}", "results", StringComparison.Ordinal)
        .Replace("{before}", "1", StringComparison.Ordinal)
        .Replace("{after}", "2", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, ApiOperation operation, string path, (string Query, string? Body) question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Method), path + question.Query);
        if (question.Body is { } body)
        {
            string type = operation.Json["requestBody"]!["content"]!.AsObject().First().Key;
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        // A stream has no end.
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    [GeneratedRegex("^[a-z]+(?:_[a-z]+)*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SnakeCase();
}
