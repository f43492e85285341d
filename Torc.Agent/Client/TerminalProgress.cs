using Spectre.Console;
using Spectre.Console.Rendering;
using Torc.Shared.Contracts;

namespace Torc.Agent.Client;

/// <summary>Rewrites the same few lines in place, whatever the size of the workflow.</summary>
internal sealed class TerminalProgress(IAnsiConsole console, string address) : Progress
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private LiveDisplayContext? _display;
    private bool _lost;

    protected override TimeSpan? RefreshEvery => Tick;

    protected override Task ShowAsync(Func<Task> follow) => console.Live(new Text("")).StartAsync(display =>
    {
        _display = display;
        return follow();
    });

    protected override void Changed(JobView job, JobDetails? details)
    {
        // The next refresh shows it.
    }

    protected override void Waits(string sentence)
    {
        // The next refresh shows that too, as the job's reason.
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

    private void Draw()
    {
        if (Workflow is not { } workflow)
        {
            return;
        }

        var lines = WatchScreen.Lines(workflow, Jobs, address, console.Profile.Width, TimeProvider.System.GetUtcNow());
        IEnumerable<IRenderable> rows = [.. lines.Select(line => new Text(line.Text, Style(line.Color)))];
        _display?.UpdateTarget(new Rows(_lost ? [.. rows, new Text("The server does not answer. Your jobs are not affected; trying again.", Style(ConsoleColor.Yellow))] : rows));
    }

    private static Style Style(ConsoleColor? color) => color is { } chosen ? new Style(Spectre.Console.Color.FromConsoleColor(chosen)) : Spectre.Console.Style.Plain;
}
