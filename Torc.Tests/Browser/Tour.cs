using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Shell;
using static Torc.Shared.Jobs.JobStatus;

namespace Torc.Tests.Browser;

/// <summary>
/// Every page that there is, with something to see on it, and the two dialogs. A page without parameters is on the tour by itself; one
/// with parameters must be put on it here, and a test says so.
/// </summary>
internal sealed class Tour
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddMinutes(-2);

    private Tour(IReadOnlyList<Stop> stops) => Stops = stops;

    public IReadOnlyList<Stop> Stops { get; }

    /// <summary>The routes of all pages, as <c>@page</c> has them.</summary>
    public static IReadOnlyList<string> Routes { get; } =
        [.. typeof(App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template.Trim('/')).Order(StringComparer.Ordinal)];

    /// <param name="jobs">Of the workflow that is looked at closely: from 10.</param>
    public static Tour Of(FakeSite site, int jobs)
    {
        site.Log = string.Concat(Enumerable.Range(1, 60).Select(line => line switch
        {
            50 => "\u001b[1;31merror:\u001b[0m f2.json is \u001b[4mnot\u001b[0m JSON\n",
            51 => string.Concat(Enumerable.Range(30, 8).Concat(Enumerable.Range(90, 8)).Select(colour => $"\u001b[{colour}mcolour {colour}\u001b[0m ")) + "\n",
            52 => "\u001b[38;5;208morange\u001b[0m, \u001b[42mgreen behind\u001b[49m, plain\n",
            _ => $"2026-05-04T14:02:{line:00}Z step {line} of 60\n",
        }));
        site.Samples = [.. FakeSite.Ramp(Now, 60, 311).Select(sample => sample with { GpuPercent = 95, GpuMemory = MemorySize.Gibibytes(30) })];
        site.Answer = site.Answer with
        {
            MissingInputs = ["inputs.json"],
            Problems = [new Diagnostic("TORC140", Severity.Warning, "/resource_requirements/0/memory", 31, 22, 27, "“2gb” is read as 2 GiB.", "Write 2g or 2GiB.")],
        };
        site.Workflows.Specs = ["name: diamond\njobs:\n  - name: work2\n    memory: 200m\n", "name: diamond\njobs:\n  - name: work2\n    memory: 512m\n"];
        var failed = OneThatFailed(site.Workflows, jobs);
        var statuses = OneWithEveryStatus(site.Workflows);
        var sweep = OneOfManyAlike(site.Workflows);
        site.Workflows.Add(Diamond.Definition with { Name = "a-draft-with-a-rather-long-name-that-nobody-would-type-2026", Project = null });
        site.Events.Post(failed, "torc.run.started", """{"run": 1}""");
        site.Events.Post(failed, "checkpoint", """{"loss": 0.25, "phase": "train", "where": ["a", "b"]}""", "work2");
        site.Events.Declare("summary");
        site.Events.Declare("scratch", isEphemeral: true);
        site.Events.Store(failed, "summary", """{"n": 42, "mean": 0.5}""", "postprocess");
        site.TimesLeft.Left = new TimeLeft(TimeSpan.FromMinutes(12), 56, 2, 0);
        string one = string.Create(CultureInfo.InvariantCulture, $"workflows/{failed}");
        return new Tour(
        [
            new("home", "", "", "[data-testid=attention]"),
            new("workflows", "workflows", "workflows", "[data-testid=workflow-row]"),
            new("upload", "workflows", "workflows", "[data-testid=new-workflow]", UploadAsync),
            new("graph", "workflows/{Id:long}", one, "[data-testid=graph][data-ready], [data-testid=too-large]"),
            new("inspector", "workflows/{Id:long}", $"{one}?job=work2", "[data-testid=charts][data-ready]"),
            new("rerun", "workflows/{Id:long}", one, "[data-testid=rerun]", RerunAsync),
            new("jobs", "workflows/{Id:long}/{Tab}", $"{one}/jobs", "[data-testid=job-row]"),
            new("statuses", "workflows/{Id:long}/{Tab}", $"workflows/{statuses}/jobs", "[data-testid=job-row]"),
            new("statuses-graph", "workflows/{Id:long}", $"workflows/{statuses}", "[data-testid=graph][data-ready]"),
            new("groups", "workflows/{Id:long}", $"workflows/{sweep}", "[data-testid=group-node]"),
            new("group", "workflows/{Id:long}", $"workflows/{sweep}?group=sim", "[data-testid=group-node][data-selected]"),
            new("grid", "workflows/{Id:long}", $"workflows/{sweep}?group=sim&grid=i", "[data-testid=heat-grid][data-cells]"),
            new("focus", "workflows/{Id:long}", $"workflows/{sweep}?job=sim_00003&focus=job:sim_00003", "[data-testid=graph][data-ready]"),
            new("files", "workflows/{Id:long}/files", $"{one}/files", "[data-testid=file-row]"),
            new("data", "workflows/{Id:long}/data", $"{one}/data", "[data-testid=user-data-row]"),
            new("timeline", "workflows/{Id:long}/timeline", $"{one}/timeline", "[data-testid=timeline-view][data-ready]"),
            new("resources", "workflows/{Id:long}/resources", $"{one}/resources", "[data-testid=resource-row]"),
            new("events", "workflows/{Id:long}/events", $"{one}/events", "[data-testid=event-row]"),
            new("runs", "workflows/{Id:long}/{Tab}", $"{one}/runs?a=1&b=2", "[data-testid=comparison-row]"),
            new("spec", "workflows/{Id:long}/spec", $"{one}/spec?version=2&against=1", "[data-testid=spec-line]"),
            new("job", "workflows/{Id:long}/jobs/{Name}", $"{one}/jobs/work2", "[data-testid=charts][data-ready]"),
            new("log", "workflows/{Id:long}/jobs/{Name}", $"{one}/jobs/work2?tab=log", "[data-testid=log-line][data-n='52']"),
            new("editor", "workflows/{Id:long}/edit", $"{one}/edit", "[data-testid=text][data-ready]"),
            new("editor-job", "drafts/{Id:long}", "drafts/1?view=canvas&select=job/work2", "[data-testid=canvas][data-ready]"),
            new("no-draft", "drafts/{Id:long}", "drafts/99", "[data-testid=missing]"),
            new("nodes", "nodes", "nodes", "[data-testid=node-row]"),
            new("node", "nodes/{Id:long}", "nodes/1", "[data-testid=charts][data-ready]"),
            new("no-workflow", "workflows/{Id:long}", "workflows/99", "[data-testid=missing]"),
            .. Routes.Where(route => !route.Contains('{', StringComparison.Ordinal) && route is not ("" or "workflows" or "nodes")).Select(route => new Stop(route, route, route, "main h1")),
        ]);
    }

    private static WorkflowId OneThatFailed(FakeWorkflows workflows, int jobs)
    {
        var definition = Diamond.Wide(jobs - 2) with { Name = jobs > 100 ? "wind-2026-sweep" : "diamond" };
        var id = workflows.Add(definition);
        workflows.Move(id, Now.AddMinutes(-3), ("prepare", Running, null));
        workflows.Move(id, Now.AddMinutes(-2), [("prepare", Completed, null), .. definition.Jobs.Skip(1).Select(job => (job.Name, Blocked, (string?)null))]);
        string[] arms = [.. Enumerable.Range(0, jobs - 2).Select(arm => $"work{arm}")];
        workflows.Move(id, Now.AddMinutes(-1), [.. arms.Select(arm => (arm, Running, (string?)null))]);
        workflows.Move(id, Now, [.. arms.Select(End), ("gather", Canceled, "Cancelled because work2 failed.")]);
        workflows.Revise(id, definition);
        return id;

        static (string, JobStatus, string?) End(string arm, int number) => number % 80 == 2 ? (arm, Failed, "Out of memory: used 299 MiB of 200 MiB") : (arm, Completed, null);
    }

    private static WorkflowId OneWithEveryStatus(FakeWorkflows workflows)
    {
        var statuses = Enum.GetValues<JobStatus>();
        var jobs = statuses.Select(status => Diamond.Job($"job-{status.ToString().ToLowerInvariant()}", "true", Diamond.Definition.Jobs[0].Needs, null, [], [])).ToList();
        jobs.Add(Diamond.Job("job-lost", "true", Diamond.Definition.Jobs[0].Needs, null, [], []));
        var id = workflows.Add(Diamond.Workflow("every status", jobs, [], [.. Enumerable.Range(1, jobs.Count - 1).Select(job => (job - 1, job))], []));
        workflows.Move(id, Now, [.. statuses.Where(status => status.HasEnded() && status is not (Canceled or Disabled)).Select(status => (jobs[(int)status].Name, Running, (string?)null))]);
        workflows.Move(id, Now.AddSeconds(20), [.. statuses.Select(status => (jobs[(int)status].Name, status, status.EndedBadly() ? "Out of memory: used 299 MiB of 200 MiB" : null))]);
        workflows.Move(id, Now.AddSeconds(21), ("job-lost", Running, null));
        workflows.Lose(id, Now.AddSeconds(30), "job-lost");
        return id;
    }

    private static WorkflowId OneOfManyAlike(FakeWorkflows workflows)
    {
        var id = workflows.Add(Sweep.Of(400));
        workflows.Move(id, Now, ("prep", Running, null));
        workflows.Move(id, Now.AddSeconds(20), [("prep", Completed, null), .. Enumerable.Range(1, 90).Select(sim => ($"sim_{sim:00000}", Running, (string?)null))]);
        workflows.Move(id, Now.AddSeconds(40), [.. Enumerable.Range(1, 60).Select(sim => ($"sim_{sim:00000}", sim % 20 == 3 ? Failed : Completed, sim % 20 == 3 ? "exit code 3" : null))]);
        workflows.Lose(id, Now.AddSeconds(50), [.. Enumerable.Range(61, 12).Select(sim => $"sim_{sim:00000}")]);
        return id;
    }

    private static async Task UploadAsync(Visit visit)
    {
        await visit.Find("new-workflow").ClickAsync();
        await visit.Find("spec-input").SetInputFilesAsync(new FilePayload { Name = "diamond.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await Visit.AssertSoonAsync(visit.Find("problem"));
    }

    private static async Task RerunAsync(Visit visit)
    {
        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-plan-row").First);
    }

    /// <param name="Name">Of its picture.</param>
    /// <param name="Route">The page, as its <c>@page</c> has it.</param>
    /// <param name="Ready">Something that is there when the page is.</param>
    /// <param name="Then">What to do there first.</param>
    public sealed record Stop(string Name, string Route, string Path, string Ready, Func<Visit, Task>? Then = null)
    {
        public async Task ArriveAsync(Visit visit)
        {
            await visit.GoAsync(Path);
            await Visit.AssertSoonAsync(visit.Page.Locator(Ready).First);
            if (Then is not null)
            {
                await Then(visit);
            }
        }
    }
}
