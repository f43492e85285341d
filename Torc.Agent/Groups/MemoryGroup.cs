using System.Buffers.Text;
using System.Globalization;
using Torc.Agent.Running;
using Torc.Shared.Quantities;

namespace Torc.Agent.Groups;

/// <summary>One control group: it holds the processes of one attempt, and them to their memory. Whatever they do, they do not get out of it.</summary>
internal sealed class MemoryGroup(string folder, GroupFiles files)
{
    private readonly byte[] _counter = KernelFile.PathOf(Path.Combine(folder, files.Counter));

    /// <summary>A process of one thread that writes 0 here enters the group, and so does all that it starts.</summary>
    public string EntryFile => At(files.Entry);

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
        Span<byte> text = stackalloc byte[1024];
        return OomKills(text[..Math.Max(0, KernelFile.Read(_counter, text, isShort: true))]) > 0;
    }

    /// <summary>The processes that are in it now.</summary>
    public IReadOnlyList<int> Members()
    {
        try
        {
            return [.. File.ReadLines(At(GroupFiles.Members)).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
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

    /// <summary>Reads the line <c>oom_kill 1</c> among others; 0 if there is none.</summary>
    internal static long OomKills(ReadOnlySpan<byte> text)
    {
        var name = "oom_kill "u8;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (text[range].StartsWith(name) && Utf8Parser.TryParse(text[range][name.Length..], out long count, out _))
            {
                return count;
            }
        }

        return 0;
    }

    private void Write(string name, string value) => KernelFile.Write(At(name), value);

    private string At(string name) => Path.Combine(folder, name);
}
