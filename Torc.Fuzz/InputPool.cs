namespace Torc.Fuzz;

/// <summary>What mutations of one target begin with: its corpus, and every input that fared as none before.</summary>
internal sealed class InputPool
{
    private const int MaxLearned = 2_000;

    private readonly List<byte[]> _inputs;
    private readonly HashSet<Verdict> _verdicts = [];
    private int _learned;

    private InputPool(FuzzTarget target, List<byte[]> inputs)
    {
        Target = target;
        _inputs = inputs;
    }

    public FuzzTarget Target { get; }

    public IReadOnlyList<byte[]> Inputs => _inputs;

    public static async Task<InputPool> LoadAsync(FuzzTarget target, string folder, CancellationToken cancel)
    {
        var inputs = new List<byte[]>();
        foreach (string file in Directory.EnumerateFiles(folder).Order())
        {
            inputs.Add(await File.ReadAllBytesAsync(file, cancel));
        }

        return new InputPool(target, inputs);
    }

    public void Learn(byte[] input, Verdict verdict)
    {
        if (_learned < MaxLearned && _verdicts.Add(verdict))
        {
            _learned++;
            _inputs.Add(input);
        }
    }
}
