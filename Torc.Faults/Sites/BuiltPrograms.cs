using System.Runtime.InteropServices;

namespace Torc.Faults.Sites;

/// <summary>What was built beside this program, in the same configuration.</summary>
internal static class BuiltPrograms
{
    public static string Server => Path.Combine(Folder, "Torc.Web.dll");

    /// <summary>The torc program, where the server expects it.</summary>
    public static string Torc => Path.Combine(Folder, "agent", "torc.dll");

    /// <summary>The launcher of the runtime that this program runs on.</summary>
    public static string Dotnet
    {
        get
        {
            // /usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/ -> /usr/share/dotnet/dotnet
            string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
            return Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet"));
        }
    }

    private static string Folder
    {
        get
        {
            // …/Torc.Faults/bin/Debug/net10.0/, or that of the tests
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            for (var folder = own; folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Torc.sln")))
                {
                    return Path.Combine(folder.FullName, "Torc.Web", "bin", own.Parent!.Name, own.Name);
                }
            }

            throw new InvalidOperationException("crash rounds run inside the repository, where the server is built");
        }
    }
}
