using System.Diagnostics;
using System.Globalization;
using System.Text;
using Torc.Agent.Client;
using Torc.Faults.Sites;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Benchmarks.Peers;

/// <summary>Torc as users have it: a server, an agent and a keeper, all with durable states, logs and samples. They run before.</summary>
internal sealed class TorcContender : IContender, IAsyncDisposable
{
    /// <summary>Asking takes processor time from the jobs. When the last of them ended, the server says by the clock of this machine.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly RealSite _site;
    private readonly TorcClient _client;
    private readonly Dictionary<string, WorkflowId> _workflows = [];

    private TorcContender(RealSite site)
    {
        _site = site;
        _client = new TorcClient(site.Url!, token: null);
    }

    public string Name => "Torc";

    /// <summary>What its processes have used since the last run began.</summary>
    public SiteUsage? LastUsage { get; private set; }

    /// <summary>Starts a site and lets it run what it needs to be as warm as one that has run for a while.</summary>
    public static async Task<TorcContender> StartAsync(int cpus, CancellationToken cancel)
    {
        var site = new RealSite("--agent:cpus", cpus.ToString(CultureInfo.InvariantCulture));
        try
        {
            await site.StartServerAsync(cancel);
            var torc = new TorcContender(site);
            await torc.RunAsync(Workload.Independent(500), site.MakeFolder("warm-1"), cancel);
            await torc.RunAsync(Workload.Layers(5, 50), site.MakeFolder("warm-2"), cancel);
            return torc;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async Task<TimeSpan> RunAsync(Workload workload, string folder, CancellationToken cancel)
    {
        byte[] spec = workload.ShortSpec is { } text ? Encoding.UTF8.GetBytes(text) : TorcSpec.Of(workload);
        var before = await SiteUsage.ReadAsync(_site, cancel);
        var began = DateTimeOffset.UtcNow;
        var workflow = (await _client.SubmitAsync(spec, workload.ShortSpec is null ? "spec.json" : "spec.yaml", folder, start: true, cancel)).Id;
        var ended = await EndAsync(workflow, cancel);
        LastUsage = (await SiteUsage.ReadAsync(_site, cancel)).Since(before);
        _workflows[folder] = workflow;
        return ended.Status == WorkflowStatus.Completed ? ended.EndedAt!.Value - began : throw new InvalidOperationException($"the workflow is {ended.Status}");
    }

    /// <summary>By the command line, with a process of its own.</summary>
    public async Task<TimeSpan> FindNothingToDoAsync(Workload workload, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(BuiltPrograms.Dotnet, [BuiltPrograms.Torc, "plan", _workflows[folder].ToString(), "--changed", "--data", _site.Data.Path]) { RedirectStandardOutput = true, UseShellExecute = false };
        long began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        var took = Stopwatch.GetElapsedTime(began);
        return output.Contains("Nothing to run.", StringComparison.Ordinal)
            ? took
            : throw new InvalidOperationException($"torc plan found something to do: {output[..Math.Min(output.Length, 500)]}");
    }

    /// <summary>As <see cref="FindNothingToDoAsync"/>, by a request to the server.</summary>
    public async Task<TimeSpan> FindNothingToDoOnServerAsync(string folder, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        var plan = await _client.PlanAsync(_workflows[folder], new RerunRequest(RerunScope.Changed), cancel);
        var took = Stopwatch.GetElapsedTime(began);
        return plan.Jobs.All(job => job.Action == PlannedAction.Keep) ? took : throw new InvalidOperationException("the plan of the server has something to do");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _site.DisposeAsync();
    }

    private async Task<WorkflowView> EndAsync(WorkflowId workflow, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            await Task.Delay(Pause, patience.Token);
            if (await _site.TryWorkflowAsync(workflow, patience.Token) is { Status: WorkflowStatus.Completed or WorkflowStatus.Failed } ended)
            {
                return ended;
            }
        }
    }
}
