using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary>The workflows that come with Torc and run as they are.</summary>
internal static class Example
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>Copies an example into a folder of its name here. What is there already stays: it may have been edited.</summary>
    /// <returns>Its spec.</returns>
    /// <exception cref="CommandException">There is no such example.</exception>
    public static FileInfo Unpack(string name)
    {
        var known = new DirectoryInfo(Folder).EnumerateDirectories().ToDictionary(folder => folder.Name);
        if (!known.TryGetValue(name, out var source))
        {
            throw new CommandException(ExitCode.NotFound, $"There is no example \"{name}\". There are: {string.Join(", ", known.Keys.Order())}.");
        }

        var target = Directory.CreateDirectory(name);
        foreach (var file in source.EnumerateFiles().Where(file => !File.Exists(Path.Combine(target.FullName, file.Name))))
        {
            file.CopyTo(Path.Combine(target.FullName, file.Name));
        }

        return new FileInfo(Path.Combine(target.FullName, $"{name}.json"));
    }
}
