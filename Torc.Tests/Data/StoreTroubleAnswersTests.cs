using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Contracts;
using Torc.Tests.Support;
using Torc.Web;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Data;

/// <summary>The whole server, with a database that cannot take changes for a while.</summary>
public sealed class StoreTroubleAnswersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_an_almost_full_disk_no_workflow_begins_and_on_a_full_one_nothing_changes_until_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(32);
        await using var server = await StartAsync(disk.Folder, "--disk:BallastBytes", "0");
        using var http = Client(server);
        using (var created = await SubmitAsync(http))
        {
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        await disk.FillAsync();
        using var low = await SubmitAsync(http);
        var full = await StoreUntilRefusedAsync(http);

        await AssertRefusedAsync(low, "TORC902", "is almost full (");
        await AssertRefusedAsync(full, "TORC901", "is full (");
        Assert.Equal("degraded", await http.GetStringAsync("/healthz", Cancel));
        var health = (await http.GetFromJsonAsync("/api/v1/health", TorcJson.Default.HealthView, Cancel))!;
        Assert.Equal(("degraded", "TORC901", 32L << 20), (health.Status, health.Code, health.DiskTotal.Bytes));
        Assert.Single((await http.GetFromJsonAsync("/api/v1/workflows", TorcJson.Default.IReadOnlyListWorkflowView, Cancel))!);

        disk.Free();
        using var again = await StoreAsync(http, "\"there is room\"");
        using var more = await SubmitAsync(http);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Created), (again.StatusCode, more.StatusCode));
        Assert.Equal("ok", await http.GetStringAsync("/healthz", Cancel));
    }

    [Fact]
    public async Task While_another_program_holds_the_database_changes_are_refused_in_plain_words_and_reads_go_on()
    {
        var folder = Directory.CreateTempSubdirectory("torc-locked-");
        await using (var server = await StartAsync(folder.FullName))
        {
            using var http = Client(server);
            await using (var other = new SqliteConnection($"Data Source={new DataFolder(folder.FullName).Database};Pooling=False"))
            {
                await other.OpenAsync(Cancel);
                await using var hold = other.BeginTransaction(deferred: false);

                using var refused = await SubmitAsync(http);

                await AssertRefusedAsync(refused, "TORC903", "held by another program");
                Assert.Equal("[]", await http.GetStringAsync("/api/v1/workflows", Cancel));
                Assert.Equal("degraded", await http.GetStringAsync("/healthz", Cancel));
            }

            using var created = await SubmitAsync(http);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
            Assert.Equal("ok", await http.GetStringAsync("/healthz", Cancel));
        }

        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static async Task<WebApplication> StartAsync(string folder, params string[] settings)
    {
        string[] arguments = ["--data", folder, "--port", "0", "--agent:start", "false", "--Logging:LogLevel:Default", "None", .. settings];
        var server = await TorcServer.BuildAsync(arguments, CancellationToken.None);
        await server.StartAsync(Cancel);
        return server;
    }

    private static HttpClient Client(WebApplication server) => new() { BaseAddress = new Uri(server.Services.GetRequiredService<LoopbackListener>().Url) };

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient http)
    {
        using var spec = new StringContent("{name: w, jobs: [{name: a, command: 'true'}], user_data: [{name: results}]}", new MediaTypeHeaderValue("application/yaml"));
        return await http.PostAsync($"/api/v1/workflows?file_name=w.yaml&working_directory={Uri.EscapeDataString(Path.GetTempPath())}", spec, Cancel);
    }

    private static async Task<HttpResponseMessage> StoreAsync(HttpClient http, string json)
    {
        using var data = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        return await http.PutAsync("/api/v1/workflows/1/user_data/results", data, Cancel);
    }

    // The database and its log may have room in themselves for a while, so each text is larger than the one before.
    private static async Task<HttpResponseMessage> StoreUntilRefusedAsync(HttpClient http)
    {
        for (int size = 1; ; size++)
        {
            var answer = await StoreAsync(http, $"\"{new string('x', size << 18)}\"");
            if (answer.StatusCode != HttpStatusCode.NoContent)
            {
                return answer;
            }

            answer.Dispose();
        }
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string code, string words)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json", "5"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.RetryAfter?.ToString()));
        var problem = (await answer.Content.ReadFromJsonAsync(TorcJson.Default.Problem, Cancel))!;
        Assert.Equal(code, problem.Code);
        Assert.Contains(words, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("database is locked", problem.Detail, StringComparison.Ordinal);
    }
}
