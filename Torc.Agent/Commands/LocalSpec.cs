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
    private const int PieceBytes = 64 << 10;

    /// <summary>What a server is told that the file is called.</summary>
    public string FileName => Path.GetFileName(Name) ?? StandardInput;

    public static Argument<string> FileArgument(string description) => new("FILE") { Description = description };

    /// <exception cref="UnreadableSpecException">There is no such file, it is none, it is too large, or this user may not read it.</exception>
    public static async Task<LocalSpec> ReadAsync(string path, CancellationToken cancel)
    {
        if (path.Length == 0)
        {
            throw Unreadable(ExitCode.Usage, "the name of the file is empty", "(empty)", "name a file, or - for standard input");
        }

        if (path == StandardInput)
        {
            await using var input = Console.OpenStandardInput();
            return new LocalSpec(Name: null, Environment.CurrentDirectory, await ReadAsync(input, "standard input", cancel));
        }

        string full = Path.GetFullPath(path);
        if (System.IO.Directory.Exists(full))
        {
            throw Unreadable(ExitCode.Invalid, $"{Shown.Words(path)} is a folder", path, "name the file of a spec in it");
        }

        try
        {
            await using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
            if (file.CanSeek && file.Length > SpecLimits.DocumentBytes)
            {
                throw TooLarge(path, $"has {file.Length:N0} bytes");
            }

            return new LocalSpec(Path.GetRelativePath(Environment.CurrentDirectory, full), Path.GetDirectoryName(full)!, await ReadAsync(file, path, cancel));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable(ExitCode.NotFound, $"there is no file {Shown.Words(full)}", path, help: null);
        }
        catch (UnauthorizedAccessException)
        {
            throw Unreadable(ExitCode.NotAllowed, $"{Shown.Words(path)} may not be read", path, "ask its owner for the right to read it");
        }
        catch (IOException failure)
        {
            throw Unreadable(ExitCode.Internal, $"{Shown.Words(path)} cannot be read: {Shown.Words(failure.Message)}", path, help: null);
        }
    }

    public SpecReading Read() => SpecReader.Read(Bytes, Name);

    /// <summary>Prints problems with the lines that they are about.</summary>
    public string Render(IReadOnlyList<Diagnostic> problems) => DiagnosticText.Render(problems, Name ?? "standard input", Encoding.UTF8.GetString(Bytes));

    /// <summary>What stands at a path here.</summary>
    public static PathKind Look(string path) => System.IO.Directory.Exists(path) ? PathKind.Folder : Path.Exists(path) ? PathKind.File : PathKind.Nothing;

    // A pipe and a device do not say how much will come, and may never end.
    private static async Task<byte[]> ReadAsync(Stream input, string name, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        byte[] piece = new byte[PieceBytes];
        while (await input.ReadAsync(piece, cancel) is > 0 and var count)
        {
            await bytes.WriteAsync(piece.AsMemory(0, count), cancel);
            if (bytes.Length > SpecLimits.DocumentBytes)
            {
                throw TooLarge(name, "goes on after that");
            }
        }

        return bytes.ToArray();
    }

    private static UnreadableSpecException TooLarge(string name, string how) => new(
        ExitCode.Invalid, Problem(DiagnosticCodes.Limit, $"a spec has at most 64 MiB, and {Shown.Words(name)} {how}", "let parameters make the jobs that are alike"), Shown.Words(name));

    private static UnreadableSpecException Unreadable(ExitCode exitCode, string message, string name, string? help) =>
        new(exitCode, Problem(DiagnosticCodes.Unreadable, message, help), Shown.Words(name));

    private static Diagnostic Problem(string code, string message, string? help) =>
        new(code, Severity.Error, "", Line: null, Column: null, EndColumn: null, message, help);
}
