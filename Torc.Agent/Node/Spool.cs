using System.Globalization;
using System.Security.Cryptography;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Node;

/// <summary>
/// The folder that makes an agent the same one after a restart: its id, its journal, the logs of its jobs. Only its owner
/// may look inside, whatever the umask is.
/// </summary>
internal sealed class Spool
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int JobsPerLogFolder = 1000;

    private Spool(string folder) => Folder = folder;

    public string Folder { get; }

    public string AgentLog => At("agent.log");

    public string AgentPid => At("agent.pid");

    public string AgentLock => At("agent.lock");

    public string KeeperLog => At("keeper.log");

    public string KeeperPid => At("keeper.pid");

    public string KeeperLock => At("keeper.lock");

    /// <summary>The name of the keeper's socket in <see cref="Folder"/>.</summary>
    public static string KeeperSocket => "keeper.sock";

    public string Journal => At("journal.ndjson");

    private string AgentIdFile => At(DataFolder.AgentIdFile);

    private string EpochFile => At("epoch");

    /// <summary>Makes the folder if it is not there, and all above it that is missing.</summary>
    public static Spool Open(string folder)
    {
        var spool = new Spool(Path.GetFullPath(folder));
        MakeFolder(spool.Folder);
        File.SetUnixFileMode(spool.Folder, OwnerOnly);
        return spool;
    }

    /// <summary>The agent's id, made at the first call and never changed.</summary>
    public async Task<string> AgentIdAsync(CancellationToken cancel)
    {
        if (!File.Exists(AgentIdFile))
        {
            await DurableFile.WriteTextAsync(AgentIdFile, RandomNumberGenerator.GetHexString(32, lowercase: true), cancel);
        }

        return (await File.ReadAllTextAsync(AgentIdFile, cancel)).Trim();
    }

    /// <summary>One more than at the last start, and never the same again even after a power failure.</summary>
    public async Task<int> NextEpochAsync(CancellationToken cancel)
    {
        int last = File.Exists(EpochFile) ? int.Parse(await File.ReadAllTextAsync(EpochFile, cancel), CultureInfo.InvariantCulture) : 0;
        await DurableFile.WriteTextAsync(EpochFile, (last + 1).ToString(CultureInfo.InvariantCulture), cancel);
        return last + 1;
    }

    /// <summary>Takes a lock of this folder until it is disposed or this process ends; null if another process has it.</summary>
    public static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = DurableFile.OwnerOnly,
            });
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The log of one attempt, by nothing but its number: a name that was sent over the wire is never a path here.</summary>
    public string LogFile(AttemptId attempt, LogStream stream) =>
        Path.Combine(LogFolder(attempt), $"{attempt}.{(stream == LogStream.Stdout ? "out" : "err")}");

    /// <summary>Where an attempt may write how far it is; is there only if it has.</summary>
    public string ProgressFile(AttemptId attempt) => Path.Combine(LogFolder(attempt), $"{attempt}.progress");

    /// <summary>Is there if the command of an attempt was not started, since its recovery script had failed.</summary>
    public string RecoveryFailedMark(AttemptId attempt) => Path.Combine(LogFolder(attempt), $"{attempt}.recovery-failed");

    /// <summary>Holds the logs of a thousand jobs, as a folder of a hundred thousand files is slow everywhere.</summary>
    public string LogFolder(AttemptId attempt) =>
        Path.Combine(Folder, "logs", (attempt.Job.Value / JobsPerLogFolder).ToString(CultureInfo.InvariantCulture));

    public void MakeLogFolder(AttemptId attempt) => MakeFolder(LogFolder(attempt));

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        // CreateDirectory gives the mode to the last folder alone.
        if (Path.GetDirectoryName(folder) is { } above)
        {
            MakeFolder(above);
        }

        Directory.CreateDirectory(folder, OwnerOnly);
    }

    private string At(string name) => Path.Combine(Folder, name);
}
