using System.Globalization;
using Torc.Shared.Quantities;

namespace Torc.Web.Workflows;

/// <summary>A spec on a person's machine, before any of it was sent.</summary>
/// <param name="Number">Counts what was chosen, so that two files of one name and size are told apart.</param>
/// <param name="Size">In bytes.</param>
internal sealed record SpecFile(int Number, string Name, long Size)
{
    /// <summary>What the API takes.</summary>
    public static readonly MemorySize Limit = MemorySize.Mebibytes(64);

    /// <summary>For the browser's choice of files.</summary>
    public const string Endings = ".json,.json5,.yaml,.yml,.kdl,.txt";

    public const string EndingsInWords = ".json, .json5, .yaml, .yml, .kdl, or .txt with a command in each line";

    /// <summary>How the API is told what it gets; null if the name's ending is not one of a spec.</summary>
    public string? ContentType => Path.GetExtension(Name).ToLowerInvariant() switch
    {
        ".json" => "application/json",
        ".yaml" or ".yml" => "application/yaml",
        ".json5" => "application/json5",
        ".kdl" => "application/kdl",
        ".txt" => "application/vnd.torc.commands",
        _ => null,
    };

    /// <summary>Why the file is not even sent; null if it is.</summary>
    public string? Refusal => this switch
    {
        { ContentType: null } => $"{Name} does not look like a spec: the name of a spec ends in {EndingsInWords}.",
        { Size: 0 } => $"{Name} is empty.",
        { Size: var size } when size > Limit.Bytes => $"{Name} has {new MemorySize(size)}, and a spec may have up to {Limit}. A sweep over parameters says the same in a few lines.",
        _ => null,
    };

    /// <summary>Where it is sent to be looked at and not kept.</summary>
    /// <param name="workingDirectory">Blank looks for no inputs.</param>
    public string CheckPath(string? workingDirectory) => At($"api/v1/workflows?dry_run=true&file_name={Uri.EscapeDataString(Name)}", workingDirectory);

    /// <param name="workingDirectory">Blank leaves the choice to the server.</param>
    public string CreatePath(bool start, string? workingDirectory)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows?file_name={Uri.EscapeDataString(Name)}");
        path += start ? "&start=true" : "";
        return At(path, workingDirectory);
    }

    private static string At(string path, string? workingDirectory) =>
        string.IsNullOrWhiteSpace(workingDirectory) ? path : $"{path}&working_directory={Uri.EscapeDataString(workingDirectory.Trim())}";
}
