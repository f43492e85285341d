using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Torc.Shared.Contracts;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The drop of a spec as the page does it, against the real server.</summary>
public sealed class SubmitTests
{
    private static readonly string Diamond = Repository.PathTo("samples", "diamond");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_input_is_only_named_as_long_as_nobody_said_where_the_jobs_will_run()
    {
        await using var site = await Site.StartAsync(cpus: 1);

        using var somewhere = await PostAsync(site, "dry_run=true");
        using var elsewhere = await PostAsync(site, $"dry_run=true&working_directory={site.Work}");
        using var there = await PostAsync(site, $"dry_run=true&working_directory={Diamond}");
        using var created = await PostAsync(site, "start=true");

        Assert.Equal(("inputs.json", ""), await SaidAsync(somewhere));
        Assert.Equal(("inputs.json", "TORC120"), await SaidAsync(elsewhere));
        Assert.Equal(("", ""), await SaidAsync(there));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, created.StatusCode);
        Assert.Equal("[]", await site.Http.GetStringAsync("/api/v1/workflows", Cancel));
    }

    [Fact]
    public async Task Without_a_directory_the_jobs_run_in_a_new_one()
    {
        await using var site = await Site.StartAsync(cpus: 1);
        using var spec = new StringContent("{name: here, jobs: [{name: a, command: 'pwd > where'}]}", new MediaTypeHeaderValue("application/yaml"));

        using var answer = await site.Http.PostAsync("/api/v1/workflows?file_name=here.yaml&start=true", spec, Cancel);

        var workflow = (await answer.Content.ReadFromJsonAsync(TorcJson.Default.WorkflowView, Cancel))!;
        await site.EndAsync(workflow.Id);
        Assert.StartsWith(site.Data.Work, workflow.WorkingDirectory, StringComparison.Ordinal);
        Assert.Equal(workflow.WorkingDirectory, (await File.ReadAllTextAsync(Path.Combine(workflow.WorkingDirectory, "where"), Cancel)).Trim());
    }

    private static async Task<HttpResponseMessage> PostAsync(Site site, string query)
    {
        using var spec = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Diamond, "diamond.json"), Cancel)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return await site.Http.PostAsync($"/api/v1/workflows?file_name=diamond.json&{query}", spec, Cancel);
    }

    private static async Task<(string Missing, string Codes)> SaidAsync(HttpResponseMessage answer)
    {
        var summary = (await answer.Content.ReadFromJsonAsync(TorcJson.Default.SpecSummary, Cancel))!;
        return (string.Join(' ', summary.MissingInputs), string.Join(' ', summary.Problems.Select(problem => problem.Code)));
    }
}
