using System.Text;
using Torc.Agent.Client;
using Torc.Shared.Specs;

namespace Torc.Agent.Commands;

/// <summary>The workflows that come with Torc and run as they are.</summary>
internal static class Example
{
    private static DirectoryInfo Folder => new(Path.Combine(AppContext.BaseDirectory, "samples"));

    /// <summary>Copies an example into a folder of its name here. What is there already stays: it may have been edited.</summary>
    /// <returns>Its spec.</returns>
    /// <exception cref="CommandException">There is no such example.</exception>
    public static async Task<FileInfo> UnpackAsync(string name, CancellationToken cancel)
    {
        var source = Folder.EnumerateDirectories().FirstOrDefault(folder => string.Equals(folder.Name, name, StringComparison.Ordinal))
            ?? throw new CommandException(ExitCode.NotFound, $"There is no example \"{Shown.Words(name)}\". There are:\n{await ListAsync(cancel)}");
        var target = Directory.CreateDirectory(name);
        foreach (var file in source.EnumerateFiles().Where(file => !File.Exists(Path.Combine(target.FullName, file.Name))))
        {
            file.CopyTo(Path.Combine(target.FullName, file.Name));
        }

        return new FileInfo(Path.Combine(target.FullName, SpecIn(source).Name));
    }

    // The spec is called as its folder is.
    private static FileInfo SpecIn(DirectoryInfo example) => example.EnumerateFiles($"{example.Name}.*").Single(file => SpecReader.NotationOf(file.Name) is not null);

    private static async Task<string> ListAsync(CancellationToken cancel)
    {
        var lines = new List<string>();
        foreach (var folder in Folder.EnumerateDirectories().OrderBy(folder => folder.Name))
        {
            lines.Add($"  {folder.Name,-10} {await DescribeAsync(SpecIn(folder), cancel)}");
        }

        return string.Join('\n', lines);
    }

    private static async Task<string> DescribeAsync(FileInfo spec, CancellationToken cancel)
    {
        byte[] text = await File.ReadAllBytesAsync(spec.FullName, cancel);
        return SpecReader.Read(text, spec.Name).Definition?.Description ?? Encoding.UTF8.GetString(text).Split('\n')[0].TrimStart('#', ' ');
    }
}
