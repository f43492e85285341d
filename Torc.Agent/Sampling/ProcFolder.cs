using System.Buffers.Text;
using System.IO.Enumeration;
using System.Text;
using Torc.Agent.Running;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>
/// Reads <c>/proc</c> with bare system calls and into the stack: a scan of all processes makes no garbage, and costs a fifth
/// of <c>Process.GetProcesses</c>.
/// </summary>
internal static class ProcFolder
{
    public static readonly long TicksPerSecond = Libc.SystemConfiguration(Libc.ClockTicks);
    public static readonly long PageBytes = Libc.SystemConfiguration(Libc.PageSize);

    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>What a process that starts now has as its start.</summary>
    public static long TicksNow() => (long)((Int128)MachineClock.Instance.GetTimestamp() * TicksPerSecond / MachineClock.Instance.TimestampFrequency);

    public static TimeSpan Time(long ticks) => TimeSpan.FromTicks(ticks * TimeSpan.TicksPerSecond / TicksPerSecond);

    /// <summary>The numbers of all processes that are there now.</summary>
    public static IEnumerable<int> Pids() => new FileSystemEnumerable<int>("/proc", (ref entry) => int.Parse(entry.FileName), All)
    {
        ShouldIncludePredicate = (ref entry) => char.IsAsciiDigit(entry.FileName[0]),
    };

    /// <summary>All processes that are there now. Those that end meanwhile are left out.</summary>
    public static void Scan(List<ProcessInfo> into)
    {
        into.Clear();
        foreach (int pid in Pids())
        {
            if (TryRead(pid, out var info))
            {
                into.Add(info);
            }
        }
    }

    /// <returns>False if there is no such process.</returns>
    public static bool TryRead(int pid, out ProcessInfo info)
    {
        Span<byte> buffer = stackalloc byte[1024];
        int length = ReadFile(pid, "/stat"u8, buffer, isShort: true);
        if (length > 0)
        {
            return TryParse(buffer[..length], out info);
        }

        info = default;
        return false;
    }

    /// <summary>
    /// Reads <c>4711 (a name) with) S 1 4711 4711 0 -1 …</c>: the name may hold spaces and brackets, so the fields are counted
    /// from the last bracket.
    /// </summary>
    internal static bool TryParse(ReadOnlySpan<byte> line, out ProcessInfo info)
    {
        info = default;
        int bracket = line.LastIndexOf(") "u8);
        if (bracket < 0 || !Utf8Parser.TryParse(line, out int pid, out _))
        {
            return false;
        }

        // proc(5) counts from 1; the state is field 3 and the first one here.
        const int state = 3, parent = 4, group = 5, session = 6, userTicks = 14, childSystemTicks = 17, startTicks = 22, residentPages = 24;
        var rest = line[(bracket + 2)..];
        Span<long> values = stackalloc long[residentPages + 1];
        for (int field = state + 1; field <= residentPages; field++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                return false;
            }

            rest = rest[(space + 1)..];
            // Some fields are unsigned and larger than a long; none of them is asked for.
            values[field] = Utf8Parser.TryParse(rest, out long value, out _) ? value : 0;
        }

        long cpu = 0;
        for (int field = userTicks; field <= childSystemTicks; field++)
        {
            cpu += values[field];
        }

        info = new ProcessInfo(pid, (int)values[parent], (int)values[group], (int)values[session], (char)line[bracket + 2], values[startTicks], cpu, values[residentPages]);
        return true;
    }

    /// <summary>The most memory that this process ever held: <c>VmHWM:     56264 kB</c>.</summary>
    public static MemorySize OwnPeakMemory()
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length = Math.Max(0, ReadFile(Environment.ProcessId, "/status"u8, buffer));
        return Kibibytes(buffer[..length], "VmHWM:"u8) ?? new MemorySize(long.MaxValue >> 1);
    }

    /// <summary>The memory of a process, with its part of what it shares with others: <c>Pss:              1592 kB</c>.</summary>
    /// <returns>All that it holds, shared or not, where the kernel does not tell more.</returns>
    public static MemorySize ProportionalMemory(ProcessInfo process)
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length = Math.Max(0, ReadFile(process.Pid, "/smaps_rollup"u8, buffer));
        return Kibibytes(buffer[..length], "\nPss:"u8) ?? new MemorySize(process.ResidentPages * PageBytes);
    }

    /// <summary>What a process and those of its children that it waited for had from storage and gave to it: <c>read_bytes: 4096</c>.</summary>
    /// <returns>Bytes; zero where the process has ended, or is of another user.</returns>
    public static (long Read, long Written) StorageTraffic(int pid)
    {
        Span<byte> buffer = stackalloc byte[512];
        int length = Math.Max(0, ReadFile(pid, "/io"u8, buffer, isShort: true));
        return (Number(buffer[..length], "\nread_bytes:"u8) ?? 0, Number(buffer[..length], "\nwrite_bytes:"u8) ?? 0);
    }

    private static MemorySize? Kibibytes(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        Number(text, name) is { } kibibytes ? new MemorySize(kibibytes << 10) : null;

    private static long? Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        int start = text.IndexOf(name);
        return start >= 0 && Utf8Parser.TryParse(text[(start + name.Length)..].TrimStart(" \t"u8), out long number, out _) ? number : null;
    }

    /// <summary>The value of a variable in the environment that a process was started with; null if it is not there or not readable.</summary>
    public static string? Variable(int pid, ReadOnlySpan<byte> nameAndEquals)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, Math.Max(0, ReadFile(pid, "/environ"u8, buffer)));
            while (!rest.IsEmpty)
            {
                int end = rest.IndexOf((byte)0);
                var entry = end < 0 ? rest : rest[..end];
                if (entry.StartsWith(nameAndEquals))
                {
                    return Encoding.UTF8.GetString(entry[nameAndEquals.Length..]);
                }

                rest = end < 0 ? [] : rest[(end + 1)..];
            }

            return null;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// The children that this process was given because their own parents ended: those fall to its first thread, which
    /// starts none itself.
    /// </summary>
    public static void ReadAdopted(List<int> into)
    {
        into.Clear();
        int self = Environment.ProcessId;
        byte[] path = Encoding.ASCII.GetBytes($"/task/{self}/children");
        for (int size = 16 * 1024; ; size *= 4)
        {
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(size);
            try
            {
                int length = ReadFile(self, path, buffer);
                if (length < 0)
                {
                    // A kernel without CONFIG_PROC_CHILDREN: the slow way. Those that we started come along, and the caller knows them.
                    into.AddRange(Pids().Where(pid => TryRead(pid, out var info) && info.Parent == self));
                    return;
                }

                // A full buffer may end in the middle of a number, which would be somebody else's.
                if (length < buffer.Length)
                {
                    ReadNumbers(buffer.AsSpan(0, length), into);
                    return;
                }
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Reads numbers with a space or the end of the line after each.</summary>
    internal static void ReadNumbers(ReadOnlySpan<byte> text, List<int> into)
    {
        while (Utf8Parser.TryParse(text, out int number, out int used))
        {
            into.Add(number);
            text = text[Math.Min(used + 1, text.Length)..];
        }
    }

    private static int ReadFile(int pid, ReadOnlySpan<byte> name, Span<byte> buffer, bool isShort = false)
    {
        Span<byte> path = stackalloc byte[64];
        "/proc/"u8.CopyTo(path);
        Utf8Formatter.TryFormat(pid, path[6..], out int digits);
        name.CopyTo(path[(6 + digits)..]);
        path[6 + digits + name.Length] = 0;
        return KernelFile.Read(path, buffer, isShort);
    }
}
