using System.Text;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Specs;

namespace Torc.Agent.Commands;

/// <summary>The workflows that come with Torc and run as they are.</summary>
internal static class Example
{
    public static IEnumerable<string> Names => Folders().Select(folder => folder.Name);

    /// <summary>Copies an example into a folder of its name here. What is there already stays: it may have been edited.</summary>
    /// <returns>Its spec.</returns>
    /// <exception cref="CommandException">There is no such example.</exception>
    public static async Task<FileInfo> UnpackAsync(string name, CancellationToken cancel)
    {
        var source = Folders().FirstOrDefault(folder => string.Equals(folder.Name, name, StringComparison.Ordinal));
        if (source is null)
        {
            var lines = (await ListAsync(cancel)).Select(example => $"  {example.Name,-10} {example.Description}");
            throw new CommandException(ExitCode.NotFound, $"There is no example \"{Shown.Words(name)}\". There are:\n{string.Join('\n', lines)}");
        }

        var target = Directory.CreateDirectory(name);
        foreach (var file in source.EnumerateFiles().Where(file => !File.Exists(Path.Combine(target.FullName, file.Name))))
        {
            file.CopyTo(Path.Combine(target.FullName, file.Name));
        }

        return new FileInfo(Path.Combine(target.FullName, SpecIn(source)!.Name));
    }

    public static async Task<IReadOnlyList<ExampleView>> ListAsync(CancellationToken cancel)
    {
        var examples = new List<ExampleView>();
        foreach (var folder in Folders())
        {
            examples.Add(new ExampleView(folder.Name, await DescribeAsync(SpecIn(folder)!, cancel)));
        }

        return examples;
    }

    // What has no spec of its name is no example: scripts lie there too.
    private static IEnumerable<DirectoryInfo> Folders() => new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "samples"))
        .EnumerateDirectories().Where(folder => SpecIn(folder) is not null).OrderBy(folder => folder.Name);

    // The spec is called as its folder is.
    private static FileInfo? SpecIn(DirectoryInfo example) => example.EnumerateFiles($"{example.Name}.*").SingleOrDefault(file => SpecReader.NotationOf(file.Name) is not null);

    private static async Task<string> DescribeAsync(FileInfo spec, CancellationToken cancel)
    {
        byte[] text = await File.ReadAllBytesAsync(spec.FullName, cancel);
        return SpecReader.Read(text, spec.Name).Definition?.Description ?? Encoding.UTF8.GetString(text).Split('\n')[0].TrimStart('#', ' ');
    }
}
