using System.Security.Cryptography;

namespace Torc.Fuzz;

/// <summary>Keeps the inputs that broke a rule.</summary>
internal sealed class Findings : IDisposable
{
    private const string Folder = "fuzz-findings";

    private readonly FileStream _last;

    public Findings()
    {
        Directory.CreateDirectory(Folder);
        _last = new FileStream(Path.Combine(Folder, "last-input"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Keeps an input before it is tried: a reader that ends the process cannot be asked afterwards.</summary>
    public void Begin(byte[] input)
    {
        RandomAccess.SetLength(_last.SafeFileHandle, input.Length);
        RandomAccess.Write(_last.SafeFileHandle, input, fileOffset: 0);
    }

    public static async Task ReportAsync(FuzzTarget target, byte[] input, Exception broken, CancellationToken cancel)
    {
        string file = Path.Combine(Folder, $"{target.Name}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
        await File.WriteAllBytesAsync(file, input, cancel);
        string what = broken is BrokenRuleException ? broken.Message : broken.ToString();
        await Console.Error.WriteLineAsync($"{target.Name}: {file} ({input.Length} bytes) {what}");
    }

    public void Dispose() => _last.Dispose();
}
