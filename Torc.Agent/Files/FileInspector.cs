using System.Threading.Channels;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>Answers what is in files now, and reads only those whose content is not known.</summary>
internal sealed class FileInspector(FileDigester digester)
{
    // Shares answer several at once faster than one after the other; more would take the disk from the jobs.
    private const int Readers = 4;

    /// <summary>Has a place for each reader.</summary>
    private readonly Channel<bool> _places = Channel.CreateBounded<bool>(Readers);

    /// <summary>Reads on threads of its own, a few for all inspections together.</summary>
    /// <returns>In the order in which they were asked for, without those that are as they are known.</returns>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<IReadOnlyList<FileFact>> InspectAsync(FileInspection inspection, CancellationToken cancel)
    {
        var facts = new FileFact?[inspection.Files.Count];
        int taken = -1;
        int readers = Math.Min(Readers, facts.Length);

        // A read from a share that hangs cannot be called back: then nobody waits for it any more.
        await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => ReadSomeAsync())).WaitAsync(cancel);
        return [.. facts.OfType<FileFact>()];

        async Task ReadSomeAsync()
        {
            await _places.Writer.WriteAsync(true, cancel);
            try
            {
                await Aside.RunAsync(ReadSome, cancel);
            }
            finally
            {
                _places.Reader.TryRead(out _);
            }
        }

        void ReadSome()
        {
            while (Interlocked.Increment(ref taken) is var index && index < facts.Length)
            {
                cancel.ThrowIfCancellationRequested();
                facts[index] = Inspect(inspection.WorkingDirectory, inspection.Files[index], cancel);
            }
        }
    }

    /// <returns>Null if it is as it is known.</returns>
    private FileFact? Inspect(string workingDirectory, KnownFile known, CancellationToken cancel)
    {
        // What a share says of what is inside a folder may be old.
        bool isAsKnown = known.Identity is { } identity && FileLook.At(workingDirectory, known.Path) is { Kind: not EntryKind.Folder } sight && sight.Identity == identity;
        return isAsKnown ? null : digester.Read(workingDirectory, known.Path, cancel);
    }
}
