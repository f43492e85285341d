using Spectre.Console;
using Spectre.Console.Rendering;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Client;

/// <summary>Rewrites the same few lines in place, whatever the size of the workflow.</summary>
internal sealed class TerminalProgress(IAnsiConsole console, string address) : Progress(console)
{
    private const int BarWidth = 24;

    private LiveDisplayContext? _display;
    private bool _lost;

    protected override Task ShowAsync(Func<Task> follow) => Console.Live(new Text("")).StartAsync(display =>
    {
        _display = display;
        return follow();
    });

    protected override void Changed(JobView job)
    {
        // The next refresh shows it.
    }

    protected override void Waits(JobView job)
    {
        // The next refresh shows that too.
    }

    protected override void Refresh()
    {
        _lost = false;
        Draw();
    }

    protected override void Lost()
    {
        _lost = true;
        Draw();
    }

    private void Draw() => _display?.UpdateTarget(new Rows(Lines()));

    private IEnumerable<IRenderable> Lines()
    {
        if (Workflow is not { } workflow)
        {
            yield break;
        }

        int total = workflow.Counts.Values.Sum();
        int ended = workflow.Counts.Where(count => count.Key.HasEnded()).Sum(count => count.Value);
        int filled = total == 0 ? BarWidth : ended * BarWidth / total;
        yield return new Markup(
            $"[bold]{Markup.Escape(workflow.Name)}[/] #{workflow.Run}  [green]{new string('█', filled)}[/][grey]{new string('░', BarWidth - filled)}[/]  "
            + $"{ended}/{total}  {Counts(workflow)}  {Duration(workflow.StartedAt, workflow.EndedAt)}  {Markup.Escape(address)}");

        // What moves or went wrong first; what is done needs no line when there is no room.
        foreach (var job in Jobs.OrderBy(job => Jobs.Count <= MaxRows ? 0 : Rank(job.Status)).ThenBy(job => job.Position).Take(MaxRows))
        {
            string colour = job.Status.EndedBadly() ? "red" : job.Status == JobStatus.Completed ? "green" : job.Status == JobStatus.Running ? "blue" : "grey";
            string memory = job.PeakMemory is { } peak ? $"peak {peak}" : "";
            yield return new Markup($" {Markup.Escape(job.Name),-24} [{colour}]{Word(job.Status),-10}[/] {Time(job),9}  {memory}  {Markup.Escape(job.Reason ?? "")}");
        }

        if (_lost)
        {
            yield return new Markup("[yellow]The server does not answer. Your jobs are not affected; trying again.[/]");
        }
    }

    private static int Rank(JobStatus status) => status switch
    {
        JobStatus.Failed or JobStatus.Terminated => 0,
        JobStatus.Running or JobStatus.Pending => 1,
        JobStatus.Ready => 2,
        JobStatus.Blocked => 3,
        _ => 4,
    };
}
