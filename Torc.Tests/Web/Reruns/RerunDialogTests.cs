using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Jobs;
using Torc.Web.Reruns;
using Xunit;
using static Torc.Tests.Support.FakeReruns;

namespace Torc.Tests.Web.Reruns;

public sealed class RerunDialogTests : PageTest
{
    private readonly IRenderedComponent<MudDialogProvider> _page;
    private readonly WorkflowId _id;
    private int _started;

    public RerunDialogTests()
    {
        _page = Render<MudDialogProvider>();
        _id = Workflows.Add(Diamond.Definition);
        Workflows.Move(_id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));
    }

    [Fact]
    public async Task Each_job_that_runs_is_told_with_the_reason_its_time_and_what_it_asks_for()
    {
        await OpenAsync(RerunScope.Failed);

        Assert.Equal("Rerun – diamond, run #1 → run #2", _page.Find("[role=dialog] h2").TextContent);
        Assert.Equal("7f3a", Find("rerun-plan-id").TextContent);
        Assert.Equal(["work2 FAILED_OOM", "postprocess NEVER_RAN"], Rows("run"));
        Assert.Equal(
            ["work2", "run", "Failed: out of memory: used 299 MiB of 200 MiB", "–"], Row("work2").Children.SkipLast(1).Select(cell => cell.TextContent.Trim()));
        Assert.Equal("1 CPU, 512 MiB, up to 5 min", Row("work2").QuerySelector("[data-testid=rerun-needs]")!.TextContent);
        Assert.Equal("Rerun 2 jobs", Find("rerun-confirm").TextContent.Trim());
    }

    [Fact]
    public async Task What_is_kept_is_told_as_well_and_what_becomes_of_the_files()
    {
        await OpenAsync(RerunScope.Failed);

        Assert.Equal(["preprocess UP_TO_DATE", "work1 UP_TO_DATE"], Rows("keep"));
        Assert.Equal("2 kept preprocess, work1: up to date", Find("rerun-kept").QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal("f4, f5 will be written · f1, f2, f3 kept · nothing deleted", Find("rerun-files").TextContent);
    }

    [Fact]
    public async Task The_scope_is_the_one_that_it_was_opened_with_and_another_gets_another_plan()
    {
        await OpenAsync(RerunScope.SelectedAndDownstream, "work2");
        Assert.Equal("selected_and_downstream", Find("rerun-scope").GetAttribute("data-scope"));
        Assert.True(Radio("selected_and_downstream").HasAttribute("checked"));

        Reruns.Plan = request => Of("88b0", request.Scope, [.. FailedDiamond.Select(job => job with { Action = PlannedAction.Run, Reasons = [Why(ReasonCode.Selected, "Everything runs again")] })]);
        await Radio("all").ChangeAsync(new() { Value = "all" });

        Assert.Equal([RerunScope.SelectedAndDownstream, RerunScope.All], Reruns.Asked.Select(request => request.Scope));
        Assert.All(Reruns.Asked, request => Assert.Equal(["work2"], request.Jobs));
        Assert.Equal(4, Rows("run").Count);
        Assert.Equal("88b0", Find("rerun-plan-id").TextContent);
    }

    [Fact]
    public async Task Without_a_selected_job_the_scopes_that_need_one_cannot_be_chosen()
    {
        await OpenAsync(RerunScope.Failed);

        Assert.True(Radio("selected").HasAttribute("disabled"));
        Assert.Equal("Select a job first.", Radio("selected_and_downstream").ParentElement!.GetAttribute("title"));
        Assert.False(Radio("changed").HasAttribute("disabled"));
    }

    [Fact]
    public async Task With_nothing_to_run_the_button_is_off_and_says_why()
    {
        Reruns.Plan = request => Of("0000", request.Scope, [Job(0, PlannedAction.Keep, Why(ReasonCode.TouchedSame, "inputs was touched, the content is the same", "inputs"))]);

        await OpenAsync(RerunScope.Changed);

        Assert.Equal("Nothing to run: inputs was touched, the content is the same.", Find("rerun-nothing").TextContent);
        Assert.True(Find("rerun-confirm").HasAttribute("disabled"));
        Assert.Empty(Rows("run"));
    }

    [Fact]
    public async Task While_the_plan_is_made_the_dialog_says_so_and_only_the_last_question_counts()
    {
        var answer = new TaskCompletionSource();
        Reruns.Gate = answer.Task;
        var opening = OpenAsync(RerunScope.Failed);
        Assert.NotNull(Find("rerun-working"));
        Assert.True(Find("rerun-confirm").HasAttribute("disabled"));

        var asking = Radio("changed").ChangeAsync(new() { Value = "changed" });
        answer.SetResult();
        await Task.WhenAll(opening, asking).WaitAsync(Waiting.Patience, Xunit.TestContext.Current.CancellationToken);

        Assert.Empty(_page.FindAll("[data-testid=rerun-working]"));
        Assert.Equal("changed", Find("rerun-scope").GetAttribute("data-scope"));
        Assert.False(Find("rerun-confirm").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Confirming_starts_the_plan_that_was_seen_and_closes()
    {
        await OpenAsync(RerunScope.Failed);

        await ClickAsync("rerun-confirm");

        Assert.Equal("7f3a", Reruns.Confirmed!.PlanId);
        Assert.Equal(1, _started);
        Assert.Empty(_page.FindAll("[data-testid=rerun-dialog]"));
    }

    [Fact]
    public async Task Cancelling_starts_nothing()
    {
        await OpenAsync(RerunScope.Failed);

        await ClickAsync("rerun-cancel");

        Assert.Null(Reruns.Confirmed);
        Assert.Equal(0, _started);
        Assert.Empty(_page.FindAll("[data-testid=rerun-dialog]"));
    }

    [Fact]
    public async Task A_plan_that_has_changed_starts_nothing_and_shows_where_it_differs()
    {
        await OpenAsync(RerunScope.Failed);
        Reruns.Plan = request => Of("9c01", request.Scope, [Job(0, PlannedAction.Run, Why(ReasonCode.OutputMissing, "Output f2 is missing, and work2 needs it", "f2")), .. FailedDiamond.Skip(1)]);

        await ClickAsync("rerun-confirm");

        Assert.Equal(0, _started);
        Assert.Equal("The plan is another one now, so nothing was started. 1 job differs, and is marked “changed”.", Find("rerun-news").TextContent);
        Assert.Equal(["preprocess"], _page.FindAll("tr[data-changed]").Select(row => row.GetAttribute("data-job")));
        Assert.Equal("Rerun 3 jobs", Find("rerun-confirm").TextContent.Trim());

        await ClickAsync("rerun-confirm");
        Assert.Equal("9c01", Reruns.Confirmed!.PlanId);
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task Looking_again_marks_what_has_become_different()
    {
        await OpenAsync(RerunScope.Failed);
        Reruns.Plan = request => Of("9c01", request.Scope, [.. FailedDiamond.Take(3), Job(3, PlannedAction.Run, Why(ReasonCode.UpstreamReruns, "work2 reruns and produces f4", "work2"))]);

        await ClickAsync("rerun-again");

        Assert.Equal(["postprocess"], _page.FindAll("tr[data-changed]").Select(row => row.GetAttribute("data-job")));
        Assert.Contains("1 job differs", Find("rerun-news").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_reason_rests_on_is_shown_when_it_is_asked_for()
    {
        Reruns.Plan = request => Of(
            "5d20",
            request.Scope,
            [
                Job(0, PlannedAction.Run, Why(ReasonCode.InputChanged, "Input inputs changed", "inputs", "11 bytes, xxh128:aa", "12 bytes, xxh128:bb")),
                Job(2, PlannedAction.Run, Why(ReasonCode.CommandChanged, "Command changed", null, "sh work.sh f2.json 200", "sh work.sh f2.json 300"), Why(ReasonCode.UpstreamReruns, "preprocess reruns and produces f2", "preprocess")),
            ]);
        await OpenAsync(RerunScope.Changed);
        Assert.Empty(_page.FindAll("[data-testid=rerun-evidence]"));

        await ClickAsync("rerun-evidence-toggle");
        Assert.Equal(["11 bytes, xxh128:aa", "12 bytes, xxh128:bb"], Find("rerun-evidence").QuerySelectorAll("code").Select(code => code.TextContent));

        await Row("work2").QuerySelector("button")!.ClickAsync(new MouseEventArgs());
        var evidence = _page.Find("[data-testid=rerun-evidence][data-job=work2]");
        Assert.Equal("sh work.sh f2.json 200300", evidence.QuerySelector("pre")!.TextContent.Trim());
        Assert.Equal(("200", "300"), (evidence.QuerySelector("del")!.TextContent, evidence.QuerySelector("ins")!.TextContent));
        Assert.Contains("preprocess reruns and produces f2", evidence.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Very_many_jobs_are_told_in_groups_that_open()
    {
        Reruns.Plan = request => Of("e001", request.Scope, [.. Enumerable.Range(0, 700).Select(index => Job(2, PlannedAction.Run, Why(index < 650 ? ReasonCode.FailedOom : ReasonCode.NeverRan, "Failed")) with { Id = new JobId(index), Name = $"work{index}" })]);
        await OpenAsync(RerunScope.Failed);

        Assert.Equal(["FAILED_OOM 650", "NEVER_RAN 50"], _page.FindAll("[data-testid=rerun-plan-group]").Select(group => $"{group.GetAttribute("data-reason")} {group.GetAttribute("data-count")}"));
        Assert.Empty(Rows("run"));
        Assert.Equal("Rerun 700 jobs", Find("rerun-confirm").TextContent.Trim());

        await Find("rerun-plan-group").QuerySelector("button")!.ClickAsync(new MouseEventArgs());
        Assert.Equal(200, Rows("run").Count);
    }

    [Fact]
    public async Task In_a_large_plan_jobs_are_found_by_name_and_the_button_still_means_the_whole_plan()
    {
        Reruns.Plan = request => Of("aa00", request.Scope, Many(700));
        await OpenAsync(RerunScope.Failed);

        await Find("rerun-search").InputAsync("WORK69");

        Assert.Equal(["work69 FAILED_OOM", .. Enumerable.Range(690, 10).Select(index => $"work{index} NEVER_RAN")], Rows("run"));
        Assert.Equal("11 that run", Find("rerun-found").TextContent);
        Assert.Equal("Rerun 700 jobs", Find("rerun-confirm").TextContent.Trim());
        await Find("rerun-search").InputAsync("x");
        Assert.Equal("No job has that in its name.", Find("rerun-found").TextContent);
        Assert.Empty(_page.FindAll("[data-testid=rerun-nothing]"));
    }

    [Fact]
    public async Task A_large_plan_is_downloaded_as_it_was_asked_for()
    {
        var script = JSInterop.SetupModule("./js/rerun.js");
        script.Mode = JSRuntimeMode.Loose;
        script.Setup<bool>("download", "api/v1/workflows/1/plan?format=csv", """{"scope":"changed","jobs":[],"stop_running":false}""", "plan-aa00.csv").SetResult(true);
        Reruns.Plan = request => Of("aa00", request.Scope, Many(700));
        await OpenAsync(RerunScope.Changed);

        await ClickAsync("rerun-csv");
        Assert.Empty(_page.FindAll("[data-testid=rerun-news]"));

        await ClickAsync("rerun-json");
        Assert.StartsWith("The plan could not be downloaded", Find("rerun-news").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_as_a_table_quotes_what_needs_it()
    {
        var plan = Of("aa00", RerunScope.Failed, [FailedDiamond[0], Job(2, PlannedAction.Run, Why(ReasonCode.CommandChanged, "Command changed, \"much\""), Why(ReasonCode.Selected, "You selected it"))]);

        Assert.Equal(
            [
                "job,action,reason,sentence,other_reasons,last_took_s,num_cpus,memory_bytes,num_gpus,runtime_s",
                "preprocess,keep,UP_TO_DATE,Up to date,,1.64,1,268435456,0,120",
                "work2,run,COMMAND_CHANGED,\"Command changed, \"\"much\"\"\",You selected it,,1,536870912,0,300",
                "",
            ],
            PlanCsv.Of(plan).Split("\r\n"));
    }

    [Fact]
    public async Task Jobs_that_run_are_left_alone_unless_it_is_asked_to_stop_them()
    {
        Reruns.Plan = request => Of("aa01", request.Scope, [Job(0, PlannedAction.Run, Why(ReasonCode.Selected, "You selected it"))]);
        await OpenAsync(RerunScope.Selected, "preprocess");
        Assert.Contains("1 job of these is running now", Find("rerun-running").TextContent, StringComparison.Ordinal);
        Assert.False(Reruns.Asked[^1].StopRunning);

        await Find("rerun-running").QuerySelector("input[value=stop]")!.ChangeAsync(new() { Value = "stop" });

        Assert.True(Reruns.Asked[^1].StopRunning);
    }

    [Fact]
    public async Task The_switch_asks_for_a_plan_that_keeps_jobs_with_identical_inputs()
    {
        await OpenAsync(RerunScope.Changed);
        Assert.Null(Reruns.Asked[^1].EarlyCutoff);

        await Find("rerun-cutoff").ChangeAsync(new() { Value = true });

        Assert.True(Reruns.Asked[^1].EarlyCutoff);
    }

    [Fact]
    public async Task What_could_not_be_looked_at_is_told()
    {
        Reruns.Plan = request => Of("7f3a", request.Scope, FailedDiamond, "f3 could not be checked: no node is connected that could look");

        await OpenAsync(RerunScope.Failed);

        Assert.Equal("f3 could not be checked: no node is connected that could look", Find("rerun-warning").TextContent);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_made_says_why()
    {
        Reruns.Plan = _ => throw new UnknownJobException(_id, "work9");
        await OpenAsync(RerunScope.Selected, "work9");
        Assert.Equal("The plan could not be made. Workflow 1 has no job \"work9\".", Find("rerun-failure").TextContent);

        Reruns.Plan = _ => throw new InvalidOperationException("secret");
        await Radio("failed").ChangeAsync(new() { Value = "failed" });
        Assert.Equal("The plan could not be made. The server's log says why.", Find("rerun-failure").TextContent);

        Reruns.Plan = _ => null;
        await Radio("all").ChangeAsync(new() { Value = "all" });
        Assert.Equal("The plan could not be made. There is no workflow 1 any more.", Find("rerun-failure").TextContent);
        Assert.True(Find("rerun-confirm").HasAttribute("disabled"));
    }

    [Fact]
    public async Task More_memory_is_suggested_taken_shown_as_a_line_of_the_spec_and_confirmed_with_the_run()
    {
        OfferMoreMemory();
        await OpenAsync(RerunScope.Failed);
        Assert.Equal("1 CPU, 200 MiB, up to 5 min", Row("work2").QuerySelector("[data-testid=rerun-needs]")!.TextContent);
        Assert.Equal("Raise memory to 512 MiB", Find("rerun-raise").TextContent);

        await ClickAsync("rerun-raise");

        Assert.Equal([new RequirementsChange("work2", Memory: "512m")], Reruns.Asked[^1].Set!);
        Assert.Equal("1 CPU, 512 MiB, up to 5 min", Row("work2").QuerySelector("[data-testid=rerun-needs]")!.TextContent);
        Assert.Equal("(was 200 MiB)", Find("rerun-was").TextContent);
        Assert.Equal(["−      memory: 200m", "+      memory: 512m"], _page.FindAll("[data-testid=rerun-spec-line]").Select(line => line.TextContent));
        await ClickAsync("rerun-confirm");
        Assert.Equal([new RequirementsChange("work2", Memory: "512m")], Reruns.Confirmed!.Set!);
    }

    [Fact]
    public async Task What_was_taken_can_be_given_back()
    {
        OfferMoreMemory();
        await OpenAsync(RerunScope.Failed);
        await ClickAsync("rerun-raise");
        Assert.Equal("Leave it at 200 MiB", Find("rerun-raise").TextContent);

        await ClickAsync("rerun-raise");

        Assert.Null(Reruns.Asked[^1].Set);
        Assert.Empty(_page.FindAll("[data-testid=rerun-spec]"));
    }

    [Fact]
    public async Task Another_amount_is_typed_and_what_is_none_is_told_where_it_was_typed()
    {
        OfferMoreMemory();
        await OpenAsync(RerunScope.Failed);
        await ClickAsync("rerun-edit");
        Assert.Equal(("200m", "5 min"), (Find("rerun-memory").GetAttribute("value"), Find("rerun-runtime").GetAttribute("value")));
        int asked = Reruns.Asked.Count;

        await Find("rerun-memory").ChangeAsync(new() { Value = "450" });
        await Find("rerun-edit-form").SubmitAsync();
        Assert.Equal("Memory must have a unit: 450 what? Write 450m or 450g.", Find("rerun-edit-problem").TextContent);
        Assert.Equal(asked, Reruns.Asked.Count);

        await Find("rerun-memory").ChangeAsync(new() { Value = "450m" });
        await Find("rerun-runtime").ChangeAsync(new() { Value = "10 min" });
        await Find("rerun-edit-form").SubmitAsync();
        Assert.Equal([new RequirementsChange("work2", "450m", "PT10M")], Reruns.Asked[^1].Set!);
        Assert.Empty(_page.FindAll("[data-testid=rerun-edit-form]"));
    }

    [Fact]
    public async Task A_spec_that_cannot_be_changed_so_says_why_and_nothing_can_be_confirmed()
    {
        Reruns.Plan = request => Of("aa02", request.Scope, [TooSmall]) with { Spec = request.Set is null ? null : new SpecEditView(2, [], [], [], "The text of this spec has errors by now.") };
        await OpenAsync(RerunScope.Failed, status: WorkflowStatus.Failed);

        await ClickAsync("rerun-raise");

        Assert.Equal("The text of this spec has errors by now.", Find("rerun-spec-refusal").TextContent);
        Assert.True(Find("rerun-confirm").HasAttribute("disabled"));
    }

    [Fact]
    public async Task While_the_workflow_runs_what_jobs_ask_for_cannot_be_changed()
    {
        Reruns.Plan = request => Of("aa02", request.Scope, [TooSmall]);
        await OpenAsync(RerunScope.Failed, status: WorkflowStatus.Running);

        Assert.Empty(_page.FindAll("[data-testid=rerun-raise], [data-testid=rerun-edit]"));
    }

    [Fact]
    public async Task The_same_can_be_copied_for_the_command_line()
    {
        var copy = JSInterop.SetupModule("./js/rerun.js");
        copy.Mode = JSRuntimeMode.Loose;
        copy.Setup<bool>("copy", "torc rerun 1 --select work2 --only").SetResult(true);
        await OpenAsync(RerunScope.Selected, "work2");

        await ClickAsync("rerun-copy");

        Assert.Equal("torc rerun 1 --select work2 --only is in the clipboard.", Find("rerun-cli").TextContent);
    }

    private static IReadOnlyList<PlannedJobView> Many(int count) =>
        [.. Enumerable.Range(0, count).Select(index => FailedDiamond[index < 650 ? 2 : 3] with { Id = new JobId(index), Name = $"work{index}" })];

    private void OfferMoreMemory() => Reruns.Plan = request => request.Set is [{ Memory: { } memory }]
        ? Raised("7f3b", memory)
        : Of("7f3a", request.Scope, [FailedDiamond[0], FailedDiamond[1], TooSmall, FailedDiamond[3]]);

    private Task OpenAsync(RerunScope scope, params string[] selected) => OpenAsync(scope, WorkflowStatus.Failed, selected);

    private async Task OpenAsync(RerunScope scope, WorkflowStatus status, params string[] selected)
    {
        var workflow = (await Workflows.FindAsync(_id, Xunit.TestContext.Current.CancellationToken))! with { Status = status };
        var jobs = await Workflows.JobsAsync(_id, Xunit.TestContext.Current.CancellationToken);
        var dialog = Render<RerunDialog>(parameters => parameters
            .Add(component => component.Workflow, workflow)
            .Add(component => component.Jobs, jobs)
            .Add(component => component.Started, () => _started++));
        await dialog.InvokeAsync(() => dialog.Instance.OpenAsync(scope, selected));
    }

    private IElement Find(string testId) => _page.Find($"[data-testid={testId}]");

    private IElement Row(string job) => _page.Find($"[data-testid=rerun-plan-row][data-job={job}]");

    private IElement Radio(string scope) => Find("rerun-scope").QuerySelector($"input[value={scope}]")!;

    private Task ClickAsync(string testId) => Find(testId).ClickAsync(new MouseEventArgs());

    private IReadOnlyList<string> Rows(string action) =>
        [.. _page.FindAll($"[data-testid=rerun-plan-row][data-action={action}]").Select(row => $"{row.GetAttribute("data-job")} {row.GetAttribute("data-reason")}")];
}
