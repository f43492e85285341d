using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Tests.Reruns;

/// <summary>
/// Where the files of a <see cref="Workshop"/> are, and what a node sees of them. A path that ends with <c>.d</c> is a folder: each line of
/// its text is a file deep inside.
/// </summary>
internal interface IShelf
{
    string WorkingDirectory { get; }

    /// <returns>Null if there is nothing.</returns>
    string? Read(string path);

    /// <summary>Puts a text in the place of what was there, and leaves the file the same one.</summary>
    void Write(string path, string text);

    /// <summary>Writes, and puts the old time of change back: an edit that wants to go unseen.</summary>
    void Forge(string path, string text);

    /// <summary>Puts another file, with the old time of change, in the place of the one that was there: a backup that is restored.</summary>
    void Replace(string path, string text);

    void Touch(string path);

    void Delete(string path);

    void Move(string from, string to);

    /// <summary>Writes down which files a command reads and writes.</summary>
    AttemptFiles Witness(IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, Action command);

    /// <summary>Adds what is known of the contents of the files.</summary>
    JobResult Recall(JobResult result);

    /// <summary>What is there now, by path.</summary>
    IReadOnlyDictionary<string, FileFact> Look(IReadOnlyList<string> paths);
}
