using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Torc.Agent.Running;

/// <summary>Says how to run this same program again.</summary>
internal static class ThisProgram
{
    /// <summary>Where <c>torc</c> lies, so that jobs can call it.</summary>
    public static string Folder => AppContext.BaseDirectory;

    /// <summary>Whether this is machine code that needs no runtime, with neither <c>torc.dll</c> nor <c>dotnet</c> anywhere near.</summary>
    private static bool IsNative => !RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>The runtime that we run on, where a launcher would not look by itself; null if it would.</summary>
    public static string? DotnetRoot
    {
        get
        {
            if (IsNative)
            {
                return null;
            }

            // /usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/ -> /usr/share/dotnet
            string? root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()))));
            bool isShared = root is not null && File.Exists(Path.Combine(root, "dotnet"));
            return isShared && root is not ("/usr/share/dotnet" or "/usr/lib/dotnet") ? root : null;
        }
    }

    /// <summary>The program and its arguments, to be started as they are.</summary>
    public static IReadOnlyList<string> CommandLine(params IEnumerable<string> arguments)
    {
        // A host that is not ours, such as `dotnet` or a test runner, has to be told what to run; the launcher beside us needs a
        // runtime that it can find, so `dotnet` stays `dotnet`.
        string process = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no program file");
        return Path.GetFileNameWithoutExtension(process) switch
        {
            _ when IsNative => [process, .. arguments],
            "torc" => [process, .. arguments],
            "dotnet" => [process, Path.Combine(Folder, "torc.dll"), .. arguments],
            _ => [Path.Combine(Folder, "torc"), .. arguments],
        };
    }
}
