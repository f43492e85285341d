using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>Writes down which files an attempt read and wrote, without looking into them.</summary>
internal static class FileRecords
{
    /// <summary>What the files of reports may take of the message that they travel in, in bytes: the server hears none that is twice as large.</summary>
    public const long MostBytesOfMessage = 1 << 20;

    /// <summary>
    /// What the files of one attempt may take, in bytes: 100,000 with long paths. The keeper holds all of them until the server has the end.
    /// </summary>
    private const long MostBytes = 32 << 20;

    private const long MostBytesWithUnknown = MostBytes * 3 / 2;

    /// <summary>As JSON, without its path, rounded up.</summary>
    private const int BytesOfRecord = 190;
    private const int BytesOfUnknown = 80;

    /// <param name="workingDirectory">Absolute.</param>
    /// <param name="paths">Relative to it, or absolute.</param>
    public static IReadOnlyList<RecordedFile> See(string workingDirectory, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return [];
        }

        return [.. paths.Select(path => See(workingDirectory, path))];
    }

    /// <param name="before">The inputs at the start of the command.</param>
    /// <param name="after">The same at its end; null if nobody could look.</param>
    /// <returns>What can be kept. Of an attempt with very many files some are unknown, or left out.</returns>
    public static AttemptFiles Of(IReadOnlyList<RecordedFile> before, IReadOnlyList<RecordedFile>? after, IReadOnlyList<RecordedFile> outputs)
    {
        var ownFolders = outputs.SelectMany(output => FoldersOf(output.Path)).ToHashSet();
        var inputs = after is null
            ? before
            : [.. before.Zip(after, (then, now) => ownFolders.Contains(Path.TrimEndingDirectorySeparator(then.Path)) ? now : then with { WasChangedMeanwhile = IsOther(then, now) })];
        long used = 0;
        return new AttemptFiles(Fitting(inputs, ref used), Fitting(outputs, ref used));
    }

    /// <summary>What the files of a report take of its message at most, in bytes.</summary>
    public static long Size(AttemptReport report) => report switch
    {
        AttemptEnded { Files: { } files } => Size(files),
        AttemptFilesSeen { Files: var files } => Size(files),
        _ => 0,
    };

    /// <summary>Makes several reports of one whose files do not fit into a message. The end comes last: with it the server has all of them.</summary>
    public static IEnumerable<AttemptReport> InParts(AttemptReport report)
    {
        if (report is not AttemptEnded { Files: { } files } ended || Size(files) <= MostBytesOfMessage)
        {
            yield return report;
            yield break;
        }

        var (inputs, outputs) = (new List<RecordedFile>(), new List<RecordedFile>());
        long used = 0;
        for (int index = 0; index < files.Inputs.Count + files.Outputs.Count; index++)
        {
            bool isInput = index < files.Inputs.Count;
            var file = isInput ? files.Inputs[index] : files.Outputs[index - files.Inputs.Count];
            long size = Size(file.Path, BytesOfRecord);
            if (used + size > MostBytesOfMessage)
            {
                yield return new AttemptFilesSeen(ended.Attempt, ended.At, new AttemptFiles(inputs, outputs));
                (inputs, outputs, used) = ([], [], 0);
            }

            used += size;
            (isInput ? inputs : outputs).Add(file);
        }

        yield return ended with { Files = new AttemptFiles(inputs, outputs) };
    }

    private static long Size(AttemptFiles files) => files.Inputs.Concat(files.Outputs).Sum(file => Size(file.Path, BytesOfRecord));

    private static RecordedFile See(string workingDirectory, string path)
    {
        var sight = FileLook.At(workingDirectory, path);
        return new RecordedFile(path, sight.State, sight.Identity);
    }

    // Of what could not be seen nobody knows. A job may well change the mode of what it reads, or link it: that moves only one of the times.
    private static bool IsOther(RecordedFile then, RecordedFile now) =>
        then.State != FileState.Unknown && now.State != FileState.Unknown && (then.State != now.State || Content(then) != Content(now));

    // What a job writes into a folder that it reads is no change by others: of such a folder counts what the job left.
    private static IEnumerable<string> FoldersOf(string path)
    {
        for (string? folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }

    private static FileIdentity? Content(RecordedFile file) => file.Identity is { } identity ? identity with { ChangedNs = 0 } : null;

    private static List<RecordedFile> Fitting(IReadOnlyList<RecordedFile> files, ref long used)
    {
        var fitting = new List<RecordedFile>(files.Count);
        foreach (var file in files)
        {
            bool isWhole = used + Size(file.Path, BytesOfRecord) <= MostBytes;
            used += Size(file.Path, isWhole ? BytesOfRecord : BytesOfUnknown);
            if (used > MostBytesWithUnknown)
            {
                break;
            }

            fitting.Add(isWhole ? file : new RecordedFile(file.Path, FileState.Unknown));
        }

        return fitting;
    }

    // JSON writes what is not plain as \u0000.
    private static long Size(string path, int record) => record + (Ascii.IsValid(path) ? path.Length : 6L * path.Length);
}
