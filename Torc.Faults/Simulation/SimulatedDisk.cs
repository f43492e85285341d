using Torc.Agent.Journal;

namespace Torc.Faults.Simulation;

/// <summary>A node's disk, as far as the keeper's journal is concerned. What was not flushed survives a killed process, but not a power failure.</summary>
internal sealed class SimulatedDisk(Random random)
{
    private byte[] _durable = [];
    private byte[] _written = [];

    public bool IsFull { get; set; }

    public void LosePower()
    {
        // Some of what was not flushed may have come through, up to a byte in the middle of a line.
        int kept = random.Next(Math.Min(_durable.Length, _written.Length), _written.Length + 1);
        _written = kept > _durable.Length ? _written[..kept] : _durable;
        _durable = _written;
    }

    /// <param name="flushed">Called when all that was written so far is safe.</param>
    public IJournalFile Open(Variant variant, Action flushed) => new File(this, variant, flushed);

    private sealed class File(SimulatedDisk disk, Variant variant, Action flushed) : IJournalFile
    {
        public Task<byte[]> ReadAsync(CancellationToken cancel) => Task.FromResult(variant == Variant.KeeperHasNoJournal ? [] : disk._written);

        public Task ReplaceAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
        {
            FailIfFull();
            disk._written = disk._durable = content.ToArray();
            return Task.CompletedTask;
        }

        public void WriteAt(ReadOnlySpan<byte> content, long offset)
        {
            FailIfFull();
            byte[] written = new byte[offset + content.Length];
            disk._written.AsSpan(0, (int)Math.Min(offset, disk._written.Length)).CopyTo(written);
            content.CopyTo(written.AsSpan((int)offset));
            disk._written = written;
        }

        public void Flush()
        {
            FailIfFull();
            if (variant != Variant.JournalIsNotFlushed)
            {
                disk._durable = disk._written;
            }

            flushed();
        }

        public void Dispose()
        {
            // Nothing is held.
        }

        private void FailIfFull()
        {
            if (disk.IsFull)
            {
                throw new IOException("no space left on the device");
            }
        }
    }
}
