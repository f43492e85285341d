using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>What jobs leave behind by their own token, with real processes.</summary>
public sealed class DataAndEventTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_stores_values_and_posts_events_as_itself_and_its_token_is_good_for_nothing_else()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: leaves
            user_data: [{name: results}, {name: forgotten}]
            jobs:
              - name: stores
                command: |
                  echo "$TORC_TOKEN" > token.tmp && mv token.tmp token
                  torc data set results '{"key1": 1}' && torc event post checkpoint --data '{"loss": 0.2}'
                  until [ -e go ]; do sleep 0.05; done
                output_user_data: [results]
              - {name: reads, command: "torc data get results > read.json", input_user_data: [results]}
              - {name: forgets, command: "true", output_user_data: [forgotten]}
            """);
        string token = await Waiting.UntilAsync(ReadTokenAsync, text => text.Length > 0, "the job has written its token", Site.Patience);
        await Waiting.UntilAsync(
            async () => (await site.TorcAsync("event", "list", "--workflow", "last", "--type", "checkpoint")).Output,
            output => output.Contains("checkpoint run=1 job=stores attempt=1 node=", StringComparison.Ordinal) && output.TrimEnd().EndsWith("{\"loss\":0.2}", StringComparison.Ordinal),
            "the event is listed",
            Site.Patience);
        var other = await site.RunAsync("{name: other, user_data: [{name: results}], jobs: [{name: a, command: 'true'}]}");

        Assert.Equal(HttpStatusCode.OK, await AskAsync($"workflows/{workflow}/user_data"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"workflows/{workflow}/events"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync($"workflows/{other}/user_data"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("workflows"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("nodes"));
        Assert.Equal(HttpStatusCode.Forbidden, await StoreAsync(other));
        Assert.Equal(HttpStatusCode.NoContent, await StoreAsync(workflow));
        await File.WriteAllTextAsync(Path.Combine(site.Work, "go"), "", Cancel);
        await site.EndAsync(workflow);
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync($"workflows/{workflow}/user_data"));

        var jobs = await site.JobsAsync(workflow);
        Assert.Equal([JobStatus.Completed, JobStatus.Completed, JobStatus.Failed], jobs.Select(job => job.Status));
        Assert.Equal("Failed: the command ended with exit code 0 but did not write the user data forgotten.", jobs[2].Reason);
        Assert.Equal("7", (await File.ReadAllTextAsync(Path.Combine(site.Work, "read.json"), Cancel)).Trim());
        Assert.Contains("stores", (await site.TorcAsync("data", "list", "--workflow", "leaves")).Output, StringComparison.Ordinal);
        Assert.Equal((5, "Nothing is stored as \"forgotten\" yet."), Trimmed(await site.TorcAsync("data", "get", "forgotten", "--workflow", "leaves")));

        async Task<string> ReadTokenAsync() =>
            File.Exists(Path.Combine(site.Work, "token")) ? (await File.ReadAllTextAsync(Path.Combine(site.Work, "token"), Cancel)).Trim() : "";

        Task<HttpStatusCode> AskAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}"));

        Task<HttpStatusCode> StoreAsync(WorkflowId into) =>
            SendAsync(new HttpRequestMessage(HttpMethod.Put, $"/api/v1/workflows/{into}/user_data/results") { Content = new StringContent("7", Encoding.UTF8, "application/json") });

        async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await site.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Events_stream_live_and_go_on_after_the_last_one_that_is_known()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("{name: s, jobs: [{name: a, command: 'true'}]}");
        await site.EndAsync(workflow);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/workflows/{workflow}/events/stream") { Headers = { { "Last-Event-ID", "1" } } };
        using var answer = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));

        Assert.Equal(["event: torc.job.started", "id: 2"], await NextAsync());
        Assert.Equal(["event: torc.job.completed", "id: 3"], await NextAsync());
        Assert.Equal(["event: torc.run.ended", "id: 4"], await NextAsync());
        Assert.Equal(0, (await site.TorcAsync("event", "post", "note", "--data", "1", "--workflow", "s")).ExitCode);
        Assert.Equal(["event: note", "id: 5"], await NextAsync());
        using var reserved = await site.Http.PostAsJsonAsync($"/api/v1/workflows/{workflow}/events", new NewEvent("torc.job.started"), TorcJson.Default.NewEvent, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reserved.StatusCode);

        async Task<IReadOnlyList<string>> NextAsync()
        {
            var item = new List<string>();
            while (await lines.ReadLineAsync(Cancel).AsTask().WaitAsync(Site.Patience, Cancel) is { Length: > 0 } line)
            {
                item.Add(line);
            }

            return [.. item.Where(line => !line.StartsWith("data:", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public async Task A_value_that_is_too_large_too_deep_or_no_JSON_is_refused_in_words()
    {
        await using var site = await Site.StartAsync(cpus: 1);
        var workflow = await site.RunAsync("{name: s, user_data: [{name: d}], jobs: [{name: a, command: 'true'}]}");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "TORC953", "The value is too large"), await PutAsync($"\"{new string('x', 1 << 20)}\""));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "TORC962", "Not JSON"), await PutAsync(new string('[', 65) + new string(']', 65)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "TORC962", "Not JSON"), await PutAsync("done"));
        Assert.Equal((HttpStatusCode.NoContent, null, null), await PutAsync(new string('[', 64) + new string(']', 64)));

        async Task<(HttpStatusCode Status, string? Code, string? Title)> PutAsync(string json)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await site.Http.PutAsync($"/api/v1/workflows/{workflow}/user_data/d", content, Cancel);
            var problem = answer.IsSuccessStatusCode ? null : await answer.Content.ReadFromJsonAsync(TorcJson.Default.Problem, Cancel);
            return (answer.StatusCode, problem?.Code, problem?.Title);
        }
    }

    private static (int ExitCode, string Output) Trimmed((int ExitCode, string Output) answer) => (answer.ExitCode, answer.Output.Trim());
}
