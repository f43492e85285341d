using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Client;

/// <summary>The server's API, as commands use it. What the server refuses becomes a <see cref="CommandException"/> in its words.</summary>
internal sealed class TorcClient : IDisposable
{
    private readonly HttpClient _http;

    public TorcClient(Uri url, string? token)
    {
        Url = url;
        Token = token;
        _http = new HttpClient { BaseAddress = url };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Url { get; }

    public string? Token { get; }

    /// <param name="fileName">Its ending tells the notation.</param>
    /// <param name="start">Starts the workflow in the same step.</param>
    /// <exception cref="CommandException">The spec was refused; nothing was stored.</exception>
    public async Task<WorkflowView> SubmitAsync(byte[] spec, string fileName, string workingDirectory, bool start, CancellationToken cancel)
    {
        // The ending of the name says what it is; this only has to be something that no form of a web page can send.
        using var content = new ByteArrayContent(spec) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        string address = $"api/v1/workflows?start={(start ? "true" : "false")}&file_name={Uri.EscapeDataString(fileName)}&working_directory={Uri.EscapeDataString(workingDirectory)}";
        return await SendAsync(HttpMethod.Post, address, content, TorcJson.Default.WorkflowView, cancel);
    }

    /// <param name="renames">Each as <c>old:new</c>.</param>
    /// <exception cref="CommandException">The spec was refused, or the workflow runs; nothing was stored.</exception>
    /// <param name="expected">The entity tag of the text that was changed; null takes the place of whatever is there.</param>
    public async Task<SpecChangeView> ChangeSpecAsync(
        WorkflowId workflow, byte[] spec, string fileName, bool dryRun, IReadOnlyCollection<string> renames, string? expected, CancellationToken cancel)
    {
        string address = $"api/v1/workflows/{workflow}/spec?file_name={Uri.EscapeDataString(fileName)}&dry_run={(dryRun ? "true" : "false")}{string.Concat(renames.Select(rename => $"&rename={Uri.EscapeDataString(rename)}"))}";
        using var content = new ByteArrayContent(spec) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = content };
        if (expected is not null)
        {
            request.Headers.IfMatch.ParseAdd(expected);
        }

        return await SendAsync(request, TorcJson.Default.SpecChangeView, cancel);
    }

    /// <param name="notation"><c>json</c> or <c>yaml</c>; null for the text as it was given.</param>
    /// <param name="version">From 1; null for the newest.</param>
    /// <returns>The text, the name of the file that it came from, and the entity tag of this version.</returns>
    public async Task<(string Text, string? FileName, string? Tag)> SpecAsync(WorkflowId workflow, string? notation, int? version, CancellationToken cancel)
    {
        string address = $"api/v1/workflows/{workflow}/spec{Query(("notation", notation), ("version", version?.ToString(CultureInfo.InvariantCulture)))}";
        using var answer = await SendAsync(HttpMethod.Get, address, content: null, cancel);
        return (await answer.Content.ReadAsStringAsync(cancel), answer.Content.Headers.ContentDisposition?.FileNameStar, answer.Headers.ETag?.ToString());
    }

    /// <summary>Starts a draft.</summary>
    /// <exception cref="CommandException">It was started before.</exception>
    public Task<WorkflowView> StartAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, $"api/v1/workflows/{workflow}/start", content: null, TorcJson.Default.WorkflowView, cancel);

    /// <param name="jobs">The names of the jobs to end; none for all.</param>
    /// <param name="select">Which jobs to end as well; null for no more.</param>
    public Task<WorkflowView> StopAsync(WorkflowId workflow, IReadOnlyCollection<string> jobs, string? select, CancellationToken cancel) => SendAsync(
        HttpMethod.Post,
        $"api/v1/workflows/{workflow}/stop{Query([.. jobs.Select(job => ("job", (string?)job)), ("select", select)])}",
        content: null,
        TorcJson.Default.WorkflowView,
        cancel);

    /// <summary>Turns jobs off, so that no run starts them, or on again.</summary>
    /// <param name="jobs">Names.</param>
    /// <param name="select">Which jobs as well; null for no more.</param>
    public Task<WorkflowView> TurnAsync(WorkflowId workflow, bool on, IReadOnlyCollection<string> jobs, string? select, CancellationToken cancel) => SendAsync(
        HttpMethod.Post,
        $"api/v1/workflows/{workflow}/turn_{(on ? "on" : "off")}{Query([.. jobs.Select(job => ("job", (string?)job)), ("select", select)])}",
        content: null,
        TorcJson.Default.WorkflowView,
        cancel);

    /// <summary>Puts a workflow away, or brings it back.</summary>
    public Task<WorkflowView> ArchiveAsync(WorkflowId workflow, bool archived, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, $"api/v1/workflows/{workflow}/{(archived ? "archive" : "unarchive")}", content: null, TorcJson.Default.WorkflowView, cancel);

    /// <returns>The workflow as it was.</returns>
    public Task<WorkflowView> DeleteAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Delete, $"api/v1/workflows/{workflow}", content: null, TorcJson.Default.WorkflowView, cancel);

    /// <exception cref="CommandException">There is none.</exception>
    public Task<WorkflowView> WorkflowAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}", content: null, TorcJson.Default.WorkflowView, cancel);

    /// <summary>All workflows, the newest first.</summary>
    public Task<IReadOnlyList<WorkflowView>> WorkflowsAsync(CancellationToken cancel) => WorkflowsAsync(search: null, [], project: null, user: null, archived: false, cancel);

    /// <summary>Those that all of this holds for, the newest first.</summary>
    /// <param name="statuses">None for all.</param>
    /// <param name="archived">Those that were put away, instead of the others.</param>
    public Task<IReadOnlyList<WorkflowView>> WorkflowsAsync(
        string? search, IReadOnlyCollection<WorkflowStatus> statuses, string? project, string? user, bool archived, CancellationToken cancel) => AllAsync(
        $"api/v1/workflows{Query([("limit", "1000"), ("q", search), .. statuses.Select(status => ("status", (string?)WorkflowStatusWords.Of(status))), ("project", project), ("user", user), ("archived", archived ? "true" : null)])}",
        TorcJson.Default.IReadOnlyListWorkflowView,
        cancel);

    public Task<IReadOnlyList<RunView>> RunsAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/runs", content: null, TorcJson.Default.IReadOnlyListRunView, cancel);

    public Task<IReadOnlyList<JobComparison>> CompareAsync(WorkflowId workflow, int before, int after, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/runs/{before}/compare/{after}", content: null, TorcJson.Default.IReadOnlyListJobComparison, cancel);

    public Task<RerunPlanView> PlanAsync(WorkflowId workflow, RerunRequest request, CancellationToken cancel) => SendAsync(
        HttpMethod.Post, $"api/v1/workflows/{workflow}/plan", JsonContent.Create(request, TorcJson.Default.RerunRequest), TorcJson.Default.RerunPlanView, cancel);

    /// <exception cref="CommandException">It is not the plan any more that was seen; nothing was started.</exception>
    public Task<WorkflowView> RerunAsync(WorkflowId workflow, RerunRequest request, CancellationToken cancel) => SendAsync(
        HttpMethod.Post, $"api/v1/workflows/{workflow}/rerun", JsonContent.Create(request, TorcJson.Default.RerunRequest), TorcJson.Default.WorkflowView, cancel);

    /// <summary>What the jobs of a workflow asked for and used, class by class.</summary>
    public Task<IReadOnlyList<ResourceUseView>> ResourcesAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/resources", content: null, TorcJson.Default.IReadOnlyListResourceUseView, cancel);

    /// <summary>The same job by job, of those whose newest attempt has ended.</summary>
    public Task<IReadOnlyList<JobUseView>> JobResourcesAsync(WorkflowId workflow, CancellationToken cancel) =>
        AllAsync($"api/v1/workflows/{workflow}/resources/jobs?limit=10000", TorcJson.Default.IReadOnlyListJobUseView, cancel);

    /// <summary>What nodes and running jobs use now.</summary>
    /// <param name="workflow">Only jobs of this one; null for all.</param>
    public Task<UsageView> UsageAsync(WorkflowId? workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/usage{Query(("workflow", workflow?.ToString()))}", content: null, TorcJson.Default.UsageView, cancel);

    public Task<IReadOnlyList<NodeView>> NodesAsync(CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, "api/v1/nodes", content: null, TorcJson.Default.IReadOnlyListNodeView, cancel);

    public Task<NodeView> DeclareGoneAsync(NodeId node, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, $"api/v1/nodes/{node}/gone", content: null, TorcJson.Default.NodeView, cancel);

    /// <summary>Jobs of a workflow, in the order of its spec.</summary>
    /// <param name="select">Such as <c>status:failed+</c>; null for all.</param>
    public Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, string? select, CancellationToken cancel) =>
        AllAsync($"api/v1/workflows/{workflow}/jobs{Query(("limit", "10000"), ("select", select))}", TorcJson.Default.IReadOnlyListJobView, cancel);

    public Task<JobDetails> JobAsync(JobId job, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/jobs/{job}", content: null, TorcJson.Default.JobDetails, cancel);

    /// <summary>Reads the last lines that an attempt wrote to stderr.</summary>
    public async Task<string> ErrorsAsync(AttemptId attempt, int lines, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"api/v1/jobs/{attempt.Job}/attempts/{attempt.Number}/log?stream=stderr&tail_lines={lines}", content: null, cancel);
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <param name="part">What to ask for, such as <c>tail_lines=20</c>.</param>
    /// <exception cref="CommandException">There is no log, or it is where nobody can read it now; the message says which.</exception>
    public async Task<LogPiece> LogAsync(AttemptId attempt, LogStream stream, string part, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{LogAddress(attempt)}?stream={Name(stream)}&{part}", content: null, cancel);
        return new LogPiece(
            await answer.Content.ReadAsByteArrayAsync(cancel), Header(answer, "Torc-Log-Offset") ?? 0, Header(answer, "Torc-Log-Length") ?? 0, Header(answer, "Torc-Log-First-Line"));
    }

    /// <exception cref="CommandException">There is no log to search, or the pattern is none.</exception>
    public Task<LogMatches> SearchLogAsync(AttemptId attempt, LogStream stream, string regex, long fromLine, CancellationToken cancel) => SendAsync(
        HttpMethod.Get,
        $"{LogAddress(attempt)}/search?stream={Name(stream)}&regex=true&limit={LogSearch.MostMatches}&from_line={fromLine}&pattern={Uri.EscapeDataString(regex)}",
        content: null,
        TorcJson.Default.LogMatches,
        cancel);

    /// <summary>Begins to read a whole log.</summary>
    public Task<HttpResponseMessage> DownloadLogAsync(AttemptId attempt, LogStream stream, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"{LogAddress(attempt)}/download?stream={Name(stream)}", content: null, HttpCompletionOption.ResponseHeadersRead, cancel);

    /// <summary>Begins to read a zip with the logs of the jobs that have failed.</summary>
    public Task<HttpResponseMessage> DownloadFailedLogsAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/logs.zip?failed=true", content: null, HttpCompletionOption.ResponseHeadersRead, cancel);

    /// <summary>Begins to follow a log, as server-sent events of <see cref="LogNews"/>.</summary>
    /// <param name="offset">From here on, in bytes.</param>
    public Task<HttpResponseMessage> FollowLogAsync(AttemptId attempt, LogStream stream, long offset, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"{LogAddress(attempt)}/stream?stream={Name(stream)}&offset={offset}", content: null, HttpCompletionOption.ResponseHeadersRead, cancel);

    /// <summary>Begins to read a workflow with all that is known of it.</summary>
    public Task<HttpResponseMessage> ExportAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/export", content: null, HttpCompletionOption.ResponseHeadersRead, cancel);

    public Task<LoginLink> CreateLoginLinkAsync(CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, "api/v1/login-codes", content: null, TorcJson.Default.LoginLink, cancel);

    public Task<EventView> PostEventAsync(WorkflowId workflow, NewEvent posted, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, $"api/v1/workflows/{workflow}/events", JsonContent.Create(posted, TorcJson.Default.NewEvent), TorcJson.Default.EventView, cancel);

    /// <returns>Some events, and the address of those after them; null if there are no more now.</returns>
    public Task<(IReadOnlyList<EventView> Events, string? Next)> EventsAsync(string address, CancellationToken cancel) =>
        PageAsync(address, TorcJson.Default.IReadOnlyListEventView, cancel);

    /// <summary>The events of a workflow as they come, from the first one on, until the connection ends.</summary>
    /// <param name="query">Which of them, as <c>&amp;name=value</c>.</param>
    public async IAsyncEnumerable<EventView> FollowEventsAsync(WorkflowId workflow, string query, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/events/stream?after={after}{query}", content: null, HttpCompletionOption.ResponseHeadersRead, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var parser = SseParser.Create(body, (_, data) => JsonSerializer.Deserialize(data, TorcJson.Default.EventView)!);
        await foreach (var item in parser.EnumerateAsync(cancel))
        {
            yield return item.Data;
        }
    }

    public Task<IReadOnlyList<UserDataView>> UserDataAsync(WorkflowId workflow, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/user_data", content: null, TorcJson.Default.IReadOnlyListUserDataView, cancel);

    public Task<UserDataView> UserDataAsync(WorkflowId workflow, string name, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/user_data/{Uri.EscapeDataString(name)}", content: null, TorcJson.Default.UserDataView, cancel);

    public Task<IReadOnlyList<UserDataValueView>> UserDataHistoryAsync(WorkflowId workflow, string name, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"api/v1/workflows/{workflow}/user_data/{Uri.EscapeDataString(name)}/history", content: null, TorcJson.Default.IReadOnlyListUserDataValueView, cancel);

    public async Task StoreUserDataAsync(WorkflowId workflow, string name, JsonElement value, CancellationToken cancel)
    {
        using var content = JsonContent.Create(value, TorcJson.Default.JsonElement);
        using var answer = await SendAsync(HttpMethod.Put, $"api/v1/workflows/{workflow}/user_data/{Uri.EscapeDataString(name)}", content, cancel);
    }

    public void Dispose() => _http.Dispose();

    private static string LogAddress(AttemptId attempt) => $"api/v1/jobs/{attempt.Job}/attempts/{attempt.Number}/log";

    private static string Name(LogStream stream) => stream == LogStream.Stdout ? "stdout" : "stderr";

    private static long? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    // All pages of a list.
    private async Task<IReadOnlyList<T>> AllAsync<T>(string address, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken cancel)
    {
        var all = new List<T>();
        for (string? next = address; next is not null;)
        {
            (var page, next) = await PageAsync(next, type, cancel);
            all.AddRange(page);
        }

        return all;
    }

    private async Task<(IReadOnlyList<T> Page, string? Next)> PageAsync<T>(string address, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, address, content: null, cancel);
        var page = await answer.Content.ReadFromJsonAsync(type, cancel);
        // Link: </api/v1/workflows/1/events?limit=2&cursor=2>; rel="next"
        string? link = answer.Headers.TryGetValues("Link", out var links) ? links.FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) : null;
        return (page!, link?[(link.IndexOf('<') + 1)..link.IndexOf('>')].TrimStart('/'));
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string address, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await SendAsync(request, type, cancel);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
        return await answer.Content.ReadFromJsonAsync(type, cancel) ?? throw new CommandException(ExitCode.Internal, $"The server at {Url} answered with nothing.");
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, CancellationToken cancel) =>
        SendAsync(method, address, content, HttpCompletionOption.ResponseContentRead, cancel);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, HttpCompletionOption until, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await SendAsync(request, until, cancel);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancel)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, until, cancel);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException || (unreachable is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new CommandException(ExitCode.ServerNotReachable, $"The server at {Url} does not answer: {unreachable.Message}");
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await RefusalAsync(answer, cancel);
        }
    }

    private static string Query(params IReadOnlyCollection<(string Name, string? Value)> parameters)
    {
        string[] given = [.. parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}")];
        return given.Length == 0 ? "" : $"?{string.Join('&', given)}";
    }

    private static async Task<CommandException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await answer.Content.ReadFromJsonAsync(TorcJson.Default.Problem, cancel)
            : null;
        var exitCode = answer.StatusCode switch
        {
            HttpStatusCode.NotFound => ExitCode.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.NotAllowed,
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge => ExitCode.Invalid,
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => ExitCode.Conflict,
            >= HttpStatusCode.InternalServerError => ExitCode.ServerNotReachable,
            _ => ExitCode.Internal,
        };
        if (problem?.Errors is { } errors)
        {
            return new SpecRefusedException(errors);
        }

        return new ServerRefusedException(exitCode, problem ?? new Problem("The server refused this", (int)answer.StatusCode, $"It answered {(int)answer.StatusCode} {answer.ReasonPhrase}."));
    }
}
