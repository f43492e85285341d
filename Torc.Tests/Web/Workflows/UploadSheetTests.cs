using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class UploadSheetTests : PageTest
{
    private const string Check = "api/v1/workflows?dry_run=true&file_name=my%20spec.json";

    private const string Summary = """{"name":"diamond","jobs":4,"files":6,"user_data":0,"edges":{"explicit":1,"implicit":4},"depth":3,"roots":1,"missing_inputs":[],"problems":[]}""";

    private readonly IRenderedComponent<MudDialogProvider> _dialogs;
    private readonly BunitJSModuleInterop _script;

    public UploadSheetTests()
    {
        _dialogs = Render<MudDialogProvider>();
        _script = JSInterop.SetupModule("./js/upload.js");
        _script.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task What_the_spec_would_make_is_shown_before_it_is_made()
    {
        Answer(Check, new UploadAnswer(200, Summary, Problems: 0, Errors: 0, Missing: 0));

        await DropAsync("my spec.json", 400);

        Assert.Equal(["4", "6", "5", "3", "1"], _dialogs.FindAll("[data-testid=spec-counts] dd").Select(count => count.TextContent));
        Assert.False(_dialogs.Find("[data-testid=create-and-run]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Errors_are_listed_with_their_place_and_nothing_can_be_created()
    {
        Answer(Check, new UploadAnswer(
            200,
            """{"missing_inputs":[],"problems":[{"code":"TORC101","severity":"error","path":"/jobs/1","line":14,"column":9,"message":"Unknown key.","help":"Take it out."}]}""",
            Problems: 31,
            Errors: 31,
            Missing: 0));

        await DropAsync("my spec.json", 400);

        var problem = _dialogs.Find("[data-testid=problem]");
        Assert.Equal("TORC101", problem.GetAttribute("data-code"));
        Assert.Equal("14:9", problem.QuerySelector(".torc-problem-place")!.TextContent);
        Assert.Contains("Take it out.", problem.TextContent, StringComparison.Ordinal);
        Assert.Equal("and 30 more", _dialogs.Find("[data-testid=more-problems]").TextContent);
        Assert.True(_dialogs.Find("[data-testid=create-and-run]").HasAttribute("disabled"));
        Assert.True(_dialogs.Find("[data-testid=create-only]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_missing_input_warns_and_does_not_forbid()
    {
        Answer(Check, new UploadAnswer(200, Summary.Replace("\"missing_inputs\":[]", "\"missing_inputs\":[\"inputs.json\"]", StringComparison.Ordinal), 0, 0, Missing: 1));

        await DropAsync("my spec.json", 400);

        Assert.Contains("inputs.json", _dialogs.Find("[data-testid=missing-inputs]").TextContent, StringComparison.Ordinal);
        Assert.False(_dialogs.Find("[data-testid=create-and-run]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_working_directory_without_the_inputs_can_be_replaced_by_another()
    {
        Answer(Check, new UploadAnswer(200, Summary, 0, 0, Missing: 1));
        Answer($"{Check}&working_directory=%2Fwrong", new UploadAnswer(200, Summary, Problems: 1, Errors: 0, Missing: 1));
        Answer($"{Check}&working_directory=%2Fright", new UploadAnswer(200, Summary, 0, 0, 0));
        await DropAsync("my spec.json", 400);

        await _dialogs.Find("[data-testid=working-directory]").ChangeAsync(new() { Value = "/wrong" });
        Assert.Single(_dialogs.FindAll("[data-testid=missing-inputs]"));
        await _dialogs.Find("[data-testid=working-directory]").ChangeAsync(new() { Value = "/right" });

        Assert.Empty(_dialogs.FindAll("[data-testid=missing-inputs]"));
        Assert.False(_dialogs.Find("[data-testid=create-and-run]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_created_workflow_is_opened()
    {
        Answer(Check, new UploadAnswer(200, Summary, 0, 0, 0));
        Answer("api/v1/workflows?file_name=my%20spec.json&start=true", new UploadAnswer(201, """{"id":12}""", 0, 0, 0));
        await DropAsync("my spec.json", 400);

        await _dialogs.Find("[data-testid=create-and-run]").ClickAsync(new());

        Assert.EndsWith("/workflows/12", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_working_directory_goes_with_the_spec()
    {
        Answer(Check, new UploadAnswer(200, Summary, 0, 0, 0));
        Answer($"{Check}&working_directory=%2Fhome%2Fjdoe%2Fa%26b", new UploadAnswer(200, Summary, 0, 0, 0));
        Answer("api/v1/workflows?file_name=my%20spec.json&working_directory=%2Fhome%2Fjdoe%2Fa%26b", new UploadAnswer(201, """{"id":13}""", 0, 0, 0));
        await DropAsync("my spec.json", 400);

        await _dialogs.Find("[data-testid=working-directory]").ChangeAsync(new ChangeEventArgs { Value = " /home/jdoe/a&b " });
        await _dialogs.Find("[data-testid=create-only]").ClickAsync(new());

        Assert.EndsWith("/workflows/13", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_that_appear_only_at_creation_are_shown_like_the_others()
    {
        Answer(Check, new UploadAnswer(200, Summary, 0, 0, 0));
        Answer(
            "api/v1/workflows?file_name=my%20spec.json",
            new UploadAnswer(422, """{"detail":"No.","problems":[{"code":"TORC120","severity":"error","path":"","message":"inputs.json does not exist."}]}""", 1, 1, 0));
        await DropAsync("my spec.json", 400);

        await _dialogs.Find("[data-testid=create-only]").ClickAsync(new());

        Assert.Equal("TORC120", _dialogs.Find("[data-testid=problem]").GetAttribute("data-code"));
    }

    [Theory]
    [InlineData("notes.doc", 400, 1, "ends in .json, .json5, .yaml, .yml, .kdl")]
    [InlineData("empty.json", 0, 1, "is empty")]
    [InlineData("big.yaml", 70_000_000, 1, "has 66.8 MiB, and a spec may have up to 64 MiB")]
    [InlineData("a.json", 400, 2, "one spec at a time")]
    public async Task A_file_that_cannot_be_a_spec_is_not_sent(string name, long size, int count, string expected)
    {
        await DropAsync(name, size, count);

        Assert.Contains(expected, _dialogs.Find("[data-testid=refusal]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_script.Invocations["send"]);
    }

    [Theory]
    [InlineData(0, "{}", "The spec was not taken. The server could not be reached.")]
    [InlineData(401, """{"detail":"Sign in first."}""", "The spec was not taken. Sign in first.")]
    [InlineData(500, "{}", "The spec was not taken. The server answered 500.")]
    public async Task A_refusal_is_told_in_the_servers_words(int status, string body, string expected)
    {
        Answer(Check, new UploadAnswer(status, body, 0, 0, 0));

        await DropAsync("my spec.json", 400);

        Assert.Equal(expected, _dialogs.Find("[data-testid=refusal]").TextContent);
        Assert.True(_dialogs.Find("[data-testid=create-only]").HasAttribute("disabled"));
    }

    private void Answer(string path, UploadAnswer answer) => _script.Setup<UploadAnswer>("send", 1, path, "application/json").SetResult(answer);

    private Task DropAsync(string name, long size, int count = 1) => Render<UploadSheet>().Instance.FileChosenAsync(1, name, size, count);
}
