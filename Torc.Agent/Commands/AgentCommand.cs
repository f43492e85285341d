using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Torc.Agent.Files;
using Torc.Agent.Link;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;

namespace Torc.Agent.Commands;

/// <summary><c>torc agent</c>: offers this machine to a server and runs what it sends.</summary>
internal static partial class AgentCommand
{
    private static readonly TimeSpan DetachPatience = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var server = new Option<Uri?>("--server")
        {
            Description = "Where the server is, such as http://host:8080. By default the data folder says.",
            CustomParser = ParseServer,
        };
        var data = CommandRun.DataOption();
        var spool = new Option<string?>("--spool") { Description = "Where this agent keeps its journal and the logs of jobs." };
        var cpus = new Option<int?>("--cpus") { Description = "How many CPUs to offer. By default all that this process may use." };
        var memory = new Option<string?>("--memory") { Description = "How much memory to offer, such as 4g. By default all that this process may use.", HelpName = "SIZE" };
        var gpus = new Option<string?>("--gpus")
        {
            Description = "The GPUs to offer: how many, or which, such as 0,2 or GPU-8f6d2c3e. By default all that nvidia-smi lists and CUDA_VISIBLE_DEVICES leaves.",
            HelpName = "N|LIST",
        };
        var labels = LabelOption();
        var scheduler = new Option<string?>("--scheduler") { Description = "The Slurm scheduler, as specs name it, whose allocation this machine is part of: jobs of other schedulers do not run here." };
        var timeLeft = new Option<string?>("--time-left")
        {
            Description = "How long this machine is yours, such as 4h: jobs that may run longer do not start. By default until the end of its Slurm allocation, or without end.",
            HelpName = "DURATION",
        };
        var maxJobs = MaxParallelJobsOption();
        var name = new Option<string?>("--name") { Description = "What people see. By default the machine's name." };
        var detach = new Option<bool>("--detach") { Description = "Run in the background, and return when the agent has started." };
        var command = new Command("agent", "Offers this machine to a server and runs its jobs.")
        {
            server, data, spool, cpus, memory, gpus, labels, scheduler, timeLeft, maxJobs, name, detach,
        };
        cpus.Require(1, int.MaxValue, "--cpus is at least 1.");
        memory.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } size && MemoryText.TryParse(size, out var problem) is null)
            {
                result.AddError($"--memory {problem!.Message}");
            }
        });
        timeLeft.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } duration && DurationText.TryParse(duration, out var problem) is null)
            {
                result.AddError($"--time-left {problem!.Message}");
            }
        });
        gpus.Validators.Add(result => Require(
            result.GetValueOrDefault<string?>() is not { } choice || NodeGpus.IsChoice(choice), "--gpus is a number such as 2, or names such as 0,2", result.AddError));
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = new Settings(
                parsed.GetValue(server),
                CommandRun.Data(parsed.GetValue(data)),
                parsed.GetValue(spool),
                parsed.GetValue(cpus),
                parsed.GetValue(memory) is { } size ? MemoryText.TryParse(size, out _) : null,
                parsed.GetValue(gpus),
                parsed.GetValue(labels) ?? [],
                parsed.GetValue(scheduler),
                parsed.GetValue(timeLeft) is { } duration ? DurationText.TryParse(duration, out _) : null,
                parsed.GetValue(maxJobs),
                parsed.GetValue(name) ?? Environment.MachineName);
            return parsed.GetValue(detach) ? await DetachAsync(settings, cancel) : await RunAsync(settings, cancel);
        });
        return command;
    }

    /// <summary>Names that jobs may ask for; also of <c>torc up</c>.</summary>
    public static Option<string[]> LabelOption()
    {
        var labels = new Option<string[]>("--label") { Description = "A name for jobs to ask for by label; may be given several times.", HelpName = "NAME" };
        labels.Validators.Add(result => Require(
            result.GetValueOrDefault<string[]?>() is not { } names || names.All(name => name.Trim().Length > 0 && !name.Any(char.IsControl)), "--label is a name such as bigmem", result.AddError));
        return labels;
    }

    /// <summary>By count alone; also of <c>torc up</c>.</summary>
    public static Option<int?> MaxParallelJobsOption()
    {
        var most = new Option<int?>("--max-parallel-jobs") { Description = "Runs so many jobs at once, whatever CPUs, memory and GPUs they ask for.", HelpName = "N" };
        most.Require(1, int.MaxValue, "--max-parallel-jobs is at least 1.");
        return most;
    }

    private static Uri? ParseServer(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
        {
            return url;
        }

        result.AddError("--server is a URL such as http://host:8080");
        return null;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancel)
    {
        var spool = Spool.Open(settings.SpoolFolder);
        await using var onlyOne = Spool.TryLock(spool.AgentLock);
        if (onlyOne is null)
        {
            Console.WriteLine($"An agent runs already with {spool.Folder}; nothing to do.");
            return 0;
        }

        // The keeper and the jobs inherit it, so that `torc` in a job finds the server even after it moved to another port.
        Environment.SetEnvironmentVariable(DataFolder.Variable, settings.Data.Path);
        await DurableFile.WriteTextAsync(spool.AgentPid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), cancel);
        using var loggers = CommandLogging.Create();
        var gpus = await NodeGpus.FindAsync(settings.Gpus, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"), cancel);
        var capacity = ThisMachine.Capacity(settings.Cpus, settings.Memory, gpus) with
        {
            MaxParallelJobs = settings.MaxParallelJobs,
            Scheduler = settings.Scheduler,
            Labels = settings.Labels.Count == 0 ? null : [.. settings.Labels.Distinct()],
        };
        LogOffer(loggers.CreateLogger(typeof(AgentCommand).FullName!), capacity.Cpus, capacity.Memory, gpus.Count == 0 ? "none" : string.Join(',', gpus));
        var identity = new AgentIdentity(
            await spool.AgentIdAsync(cancel),
            await spool.NextEpochAsync(cancel),
            settings.Name,
            typeof(AgentCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            capacity,
            gpus,
            settings.TimeLeft is { } left ? MachineClock.Instance.GetUtcNow() + left : ThisMachine.AllocationEnd(Environment.GetEnvironmentVariable("SLURM_JOB_END_TIME")));
        var location = new ServerLocation(settings.Server, Environment.GetEnvironmentVariable(DataFolder.TokenVariable), settings.Data);
        using var logs = new LogReader(spool.LogFile, MachineClock.Instance);
        var loop = new AgentLoop(
            identity,
            new KeeperConnector(spool, MachineClock.Instance, loggers.CreateLogger<KeeperConnector>()),
            new HubConnector(location, HubConnector.DefaultPatience),
            logs,
            new NodeFiles(MachineClock.Instance),
            new MachineUse(gpus, new GpuWatch(MachineClock.Instance), MachineClock.Instance),
            MachineClock.Instance,
            Random.Shared,
            loggers.CreateLogger<AgentLoop>());
        await loop.RunAsync(cancel);
        return 0;
    }

    /// <summary>Starts this command again without a terminal, and waits until that one has the spool or has said why not.</summary>
    private static async Task<int> DetachAsync(Settings settings, CancellationToken cancel)
    {
        var spool = Spool.Open(settings.SpoolFolder);
        var agent = DetachedProcess.Start(ThisProgram.CommandLine(["agent", .. settings.Arguments]), environment: null, spool.Folder, spool.AgentLog);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(DetachPatience);
        while (true)
        {
            if (agent.TryReap(out int exitCode))
            {
                Console.WriteLine(exitCode == 0 ? $"An agent runs already with {spool.Folder}." : $"The agent ended with {exitCode}; see {spool.AgentLog}.");
                return exitCode;
            }

            if (await HasSpoolAsync(spool, agent.Pid, patience.Token))
            {
                Console.WriteLine($"Agent {agent.Pid} runs; its log is {spool.AgentLog}.");
                return 0;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }

    private static async Task<bool> HasSpoolAsync(Spool spool, int pid, CancellationToken cancel) =>
        File.Exists(spool.AgentPid)
        && int.TryParse(await File.ReadAllTextAsync(spool.AgentPid, cancel), NumberStyles.None, CultureInfo.InvariantCulture, out int owner)
        && owner == pid;

    private static void Require(bool condition, string otherwise, Action<string> complain)
    {
        if (!condition)
        {
            complain(otherwise);
        }
    }

    [LoggerMessage(371, LogLevel.Information, "offers cpus={Cpus} memory={Memory} gpus={Gpus}")]
    private static partial void LogOffer(ILogger logger, int cpus, MemorySize memory, string gpus);

    private sealed record Settings(
        Uri? Server, DataFolder Data, string? Spool, int? Cpus, MemorySize? Memory, string? Gpus,
        IReadOnlyList<string> Labels, string? Scheduler, TimeSpan? TimeLeft, int? MaxParallelJobs, string Name)
    {
        public string SpoolFolder => Path.GetFullPath(Spool ?? Data.Spool(Environment.MachineName));

        /// <summary>Says the same to another process, from whatever folder.</summary>
        public IEnumerable<string> Arguments
        {
            get
            {
                IEnumerable<string> always = ["--data", Data.Path, "--spool", SpoolFolder, "--name", Name];
                IEnumerable<string> server = Server is null ? [] : ["--server", Server.ToString()];
                IEnumerable<string> cpus = Cpus is { } count ? ["--cpus", count.ToString(CultureInfo.InvariantCulture)] : [];
                IEnumerable<string> memory = Memory is { } size ? ["--memory", $"{size.Bytes.ToString(CultureInfo.InvariantCulture)}b"] : [];
                IEnumerable<string> gpus = Gpus is null ? [] : ["--gpus", Gpus];
                IEnumerable<string> labels = [.. Labels.SelectMany(label => new[] { "--label", label })];
                IEnumerable<string> scheduler = Scheduler is null ? [] : ["--scheduler", Scheduler];
                IEnumerable<string> timeLeft = TimeLeft is { } left ? ["--time-left", DurationText.Write(left)] : [];
                IEnumerable<string> jobs = MaxParallelJobs is { } most ? ["--max-parallel-jobs", most.ToString(CultureInfo.InvariantCulture)] : [];
                return [.. always, .. server, .. cpus, .. memory, .. gpus, .. labels, .. scheduler, .. timeLeft, .. jobs];
            }
        }
    }
}
