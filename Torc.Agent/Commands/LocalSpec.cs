using System.CommandLine;
using System.Text;
using Torc.Agent.Client;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;

namespace Torc.Agent.Commands;

/// <summary>A spec that a person named on the command line.</summary>
/// <param name="Name">As it is shown; null for standard input.</param>
/// <param name="Directory">Where its paths begin.</param>
internal sealed record LocalSpec(string? Name, string Directory, byte[] Bytes)
{
    private const string StandardInput = "-";

    public static Argument<string> FileArgument(string description) => new("FILE") { Description = description };

    /// <exception cref="CommandException">There is no such file.</exception>
    public static async Task<LocalSpec> ReadAsync(string path, CancellationToken cancel)
    {
        if (path == StandardInput)
        {
            using var bytes = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(bytes, cancel);
            return new LocalSpec(Name: null, Environment.CurrentDirectory, bytes.ToArray());
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {Shown.Words(file.FullName)}.");
        }

        if (file.Length > SpecLimits.DocumentBytes)
        {
            throw new CommandException(ExitCode.Invalid, $"{Shown.Words(path)} has {file.Length:N0} bytes; a spec has at most 64 MiB.");
        }

        return new LocalSpec(Path.GetRelativePath(Environment.CurrentDirectory, file.FullName), file.DirectoryName!, await File.ReadAllBytesAsync(path, cancel));
    }

    public SpecReading Read() => SpecReader.Read(Bytes, Name);

    /// <summary>Prints problems with the lines that they are about.</summary>
    public string Render(IReadOnlyList<Diagnostic> problems) => DiagnosticText.Render(problems, Name ?? "standard input", Encoding.UTF8.GetString(Bytes));

    /// <summary>What stands at a path here.</summary>
    public static PathKind Look(string path) => System.IO.Directory.Exists(path) ? PathKind.Folder : Path.Exists(path) ? PathKind.File : PathKind.Nothing;
}
