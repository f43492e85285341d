using System.Globalization;
using Torc.Agent.Running;
using Torc.Shared.Quantities;

namespace Torc.Agent.Groups;

/// <summary>One control group: it holds the processes of one attempt, and them to their memory. Whatever they do, they do not get out of it.</summary>
internal sealed class MemoryGroup(string folder, GroupFiles files)
{
    /// <summary>A process that writes 0 here enters the group, and so does all that it starts.</summary>
    public string EntryFile => At(GroupFiles.Members);

    /// <exception cref="IOException">It may not be made here, or not be limited.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void Make(MemorySize limit)
    {
        Directory.CreateDirectory(folder);
        string bytes = limit.Bytes.ToString(CultureInfo.InvariantCulture);
        Write(files.Limit, bytes);
        foreach (var (name, value) in files.OtherLimits.Where(other => File.Exists(At(other.Name))))
        {
            Write(name, string.Format(CultureInfo.InvariantCulture, value, bytes));
        }
    }

    /// <summary>Whether the kernel has ended one of its processes for going over the limit.</summary>
    public bool RanOutOfMemory()
    {
        try
        {
            return OomKills(File.ReadLines(At(files.Counter))) > 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The processes that are in it now.</summary>
    public IReadOnlyList<int> Members()
    {
        try
        {
            return [.. File.ReadLines(EntryFile).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Ends all that is in it. Where the kernel has no one call for that, a process that forks may need another.</summary>
    public void Kill()
    {
        if (files.Kill is { } kill && File.Exists(At(kill)))
        {
            Write(kill, "1");
            return;
        }

        foreach (int pid in Members())
        {
            _ = Libc.Kill(pid, Libc.SigKill);
        }
    }

    /// <returns>False as long as there is a process in it.</returns>
    public bool TryRemove()
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }

            return true;
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads <c>oom_kill 1</c> among other lines.</summary>
    internal static long OomKills(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' '))
        .Where(words => words is ["oom_kill", _])
        .Select(words => long.Parse(words[1], CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private void Write(string name, string value) => KernelFile.Write(At(name), value);

    private string At(string name) => Path.Combine(folder, name);
}
