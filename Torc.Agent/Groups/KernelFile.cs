using System.Diagnostics.CodeAnalysis;

namespace Torc.Agent.Groups;

/// <summary>Files that are calls into the kernel: they are on no disk, and there is nothing to wait for.</summary>
internal static class KernelFile
{
    [SuppressMessage("Design", "MA0045", Justification = "See above.")]
    public static string Read(string path) => File.ReadAllText(path);

    [SuppressMessage("Design", "MA0045", Justification = "See above.")]
    public static void Write(string path, string value) => File.WriteAllText(path, value);
}
