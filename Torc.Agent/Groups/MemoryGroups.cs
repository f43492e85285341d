using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Groups;

/// <summary>Makes control groups for attempts, below our own one: what holds us holds the jobs too.</summary>
internal sealed class MemoryGroups
{
    private const string OwnGroups = "/proc/self/cgroup";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly GroupFiles _files;

    private MemoryGroups(string folder, GroupFiles files)
    {
        _folder = folder;
        _files = files;
    }

    public MemoryGuard Guard => _files.Guard;

    /// <summary>Finds a place where we may make groups, and tries whether they work.</summary>
    /// <param name="agentId">Several agents of one machine keep apart by it.</param>
    /// <returns>Null if there is none, which is usual for who is not root: most clusters keep their groups to themselves.</returns>
    public static MemoryGroups? TryOpen(string agentId) => Places("/sys/fs/cgroup", File.Exists(OwnGroups) ? File.ReadLines(OwnGroups) : [])
        .Select(place => new MemoryGroups(Path.Combine(place.Folder, $"torc-{agentId}"), place.Files))
        .FirstOrDefault(groups => groups.Works());

    /// <summary>Where groups may be made, the best place first.</summary>
    /// <param name="ownGroups">Lines such as <c>0::/user.slice/job_7</c> (version 2) and <c>4:memory:/slurm/job_7</c> (version 1).</param>
    internal static IEnumerable<(string Folder, GroupFiles Files)> Places(string root, IEnumerable<string> ownGroups)
    {
        foreach (string[] parts in ownGroups.Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3))
        {
            if (parts[1].Split(',').Contains("memory"))
            {
                // In a container the path is the host's, and only the root is there.
                string own = root + "/memory" + parts[2].TrimEnd('/');
                yield return (Directory.Exists(own) ? own : root + "/memory", GroupFiles.Version1);
            }
            else if (parts is ["0", "", _])
            {
                // A group with processes hands nothing down to groups below it, and ours has us: so beside us, as high as it takes.
                for (string? path = parts[2]; path is not null; path = Path.GetDirectoryName(path))
                {
                    string folder = root + path.TrimEnd('/');
                    if (HandsMemoryDown(folder))
                    {
                        yield return (folder, GroupFiles.Version2);
                    }
                }
            }
        }
    }

    /// <exception cref="IOException">It could not be made.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public MemoryGroup Make(AttemptId attempt, MemorySize limit)
    {
        var group = new MemoryGroup(Path.Combine(_folder, attempt.ToString()), _files);
        group.Make(limit);
        return group;
    }

    /// <summary>Ends what an earlier keeper left in its groups, and removes them.</summary>
    public async Task EndStaleAsync(TimeProvider time, CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        while (Stale() is { Count: > 0 } groups && time.GetElapsedTime(start) < Patience)
        {
            foreach (var group in groups.Where(group => !group.TryRemove()))
            {
                group.Kill();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancel);
        }
    }

    /// <summary>Removes the folder of all groups, if there are none in it any more.</summary>
    public void Close() => new MemoryGroup(_folder, _files).TryRemove();

    private static bool HandsMemoryDown(string folder)
    {
        string file = Path.Combine(folder, "cgroup.subtree_control");
        try
        {
            return File.Exists(file) && KernelFile.Read(file).Split((char[])[' ', '\n']).Contains("memory");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private List<MemoryGroup> Stale() =>
        [.. (Directory.Exists(_folder) ? Directory.GetDirectories(_folder) : []).Select(folder => new MemoryGroup(folder, _files))];

    // Rights, delegation, a read-only mount, a missing controller: only doing it tells.
    private bool Works()
    {
        var probe = new MemoryGroup(Path.Combine(_folder, "probe"), _files);
        try
        {
            Directory.CreateDirectory(_folder);
            if (_files.Guard == MemoryGuard.CgroupV2)
            {
                KernelFile.Write(Path.Combine(_folder, "cgroup.subtree_control"), "+memory");
            }

            probe.Make(MemorySize.Mebibytes(64));
            var enter = GroupEntry.Into(probe.EntryFile, new JobCommand("/bin/true", ["true"]));
            var (pid, _) = Spawn.Start(new Spawn.Request(enter.Program, enter.Arguments, [], "/", "/dev/null", StandardError: null));
            if (pid > 0 && Libc.Wait4(pid, out int status, 0, out _) == pid && status == 0 && probe.TryRemove())
            {
                return true;
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Said by the answer.
        }

        probe.TryRemove();
        Close();
        return false;
    }
}
