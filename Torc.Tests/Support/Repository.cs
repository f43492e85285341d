using System.Runtime.InteropServices;

namespace Torc.Tests.Support;

/// <summary>Where the tests find this repository, and what was built beside them.</summary>
internal static class Repository
{
    /// <summary>The folder of Torc.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server's program, of the configuration that the tests were built in.</summary>
    public static string Server => PathTo("Torc.Web", "bin", Configuration, "net10.0", "Torc.Web.dll");

    /// <summary>The torc program, where the server expects it.</summary>
    public static string Torc => PathTo("Torc.Web", "bin", Configuration, "net10.0", "agent", "torc.dll");

    /// <summary>The torc program as `.ci/run` publishes it: machine code, which needs no .NET; and what comes with it.</summary>
    public static string NativeFolder => PathTo("Torc.Agent", "bin", "native", RuntimeInformation.RuntimeIdentifier);

    /// <summary>What the native program was made of, as the tests' own build has it.</summary>
    public static string Agent => PathTo("Torc.Agent", "bin", Configuration, "net10.0", "torc.dll");

    /// <summary>The names of the samples that are specs: all but the shell scripts that use Torc, which the tests of the command line run.</summary>
    public static IEnumerable<string> Samples => Directory.EnumerateDirectories(PathTo("samples")).Select(folder => Path.GetFileName(folder)).Where(name => name != "scripts");

    public static string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    // …/Torc.Tests/bin/Debug/net10.0/
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Torc.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }
}
