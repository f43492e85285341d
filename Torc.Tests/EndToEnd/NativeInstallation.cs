using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>A server with the native torc in place of the one that runs on .NET, in a folder of its own.</summary>
public sealed class NativeInstallation : IDisposable
{
    private readonly DirectoryInfo? _folder;

    public NativeInstallation()
    {
        if (!IsThere)
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("torc-native-");
        Copy(new DirectoryInfo(Path.GetDirectoryName(Repository.Server)!), _folder.FullName, but: "agent");
        Copy(new DirectoryInfo(Repository.NativeFolder), Path.Combine(_folder.FullName, "agent"));
    }

    /// <summary>Where torc and its samples are, and nothing else.</summary>
    public string Agent => Path.Combine(Folder, "agent");

    /// <summary>The native program.</summary>
    public string Torc => Path.Combine(Agent, "torc");

    internal Programs Programs => new(["dotnet", Path.Combine(Folder, "Torc.Web.dll")], [Torc]);

    private string Folder
    {
        get
        {
            // One that is older than the sources would say nothing about them.
            Assert.SkipUnless(IsThere, "There is no native torc of these sources. Make it with: dotnet publish Torc.Agent -c Release -r linux-x64");
            return _folder!.FullName;
        }
    }

    private static bool IsThere { get; } =
        File.Exists(Path.Combine(Repository.NativeFolder, "torc"))
        && File.GetLastWriteTimeUtc(Path.Combine(Repository.NativeFolder, "torc")) >= File.GetLastWriteTimeUtc(Repository.Agent);

    public void Dispose() => _folder?.Delete(recursive: true);

    private static void Copy(DirectoryInfo from, string to, string? but = null)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name != but))
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }
}
