using System.Text;

namespace Torc.Web.Editor;

/// <summary>A workflow that comes with Torc, runs as it is, and is a beginning for others.</summary>
/// <param name="Name">Of its folder among the samples.</param>
/// <param name="FileName">Of its spec there.</param>
internal sealed record SpecTemplate(string Name, string Title, string Words, string FileName)
{
    /// <summary>In the order in which people meet them.</summary>
    public static IReadOnlyList<SpecTemplate> All { get; } =
    [
        new("blank", "Blank", "One job, and nothing to take away.", "untitled.json"),
        new("diamond", "Diamond", "One job splits the input, two work side by side, one joins what they made.", "diamond.json"),
        new("sweep", "Sweep and gather", "One job for each combination of parameters, and one that gathers the results.", "sweep.yaml"),
        new("barrier", "Two stages with a barrier", "All of the first stage has to end before the second begins.", "barrier.yaml"),
        new("train", "Train on a GPU", "Training that writes checkpoints and stores what it learned as user data.", "train.yaml"),
        new("retry", "Retry on out of memory", "A job that fails for want of memory runs again with more.", "retry.json5"),
        new("commands", "From a file of commands", "One job for each line.", "commands.txt"),
    ];

    private static string Samples { get; } = Path.Combine(AppContext.BaseDirectory, "agent", "samples");

    public static SpecTemplate? Find(string? name) => All.FirstOrDefault(template => string.Equals(template.Name, name, StringComparison.Ordinal));

    /// <summary>The text of the spec; the blank one has nothing in it.</summary>
    public async Task<string> ReadAsync(CancellationToken cancel) => Name is "blank"
        ? "{\n  \"name\": \"untitled\",\n  \"jobs\": []\n}\n"
        : await File.ReadAllTextAsync(Path.Combine(Samples, Name, FileName), Encoding.UTF8, cancel);

    /// <summary>Copies what its jobs need into a folder. What is there already stays.</summary>
    public void CopyTo(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Samples, Name)).Where(file => Path.GetFileName(file) != FileName))
        {
            string target = Path.Combine(folder, Path.GetFileName(file));
            if (!File.Exists(target))
            {
                File.Copy(file, target);
            }
        }
    }

    /// <summary>Whether its jobs need more than their commands.</summary>
    public bool HasFiles => Name is not "blank" && Directory.EnumerateFiles(Path.Combine(Samples, Name)).Any(file => Path.GetFileName(file) != FileName);
}
