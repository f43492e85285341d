namespace Torc.Tests.Support;

/// <summary>Finds files of this repository that are no part of a project.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Torc.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"there is no Torc.sln above {AppContext.BaseDirectory}");
    }
}
