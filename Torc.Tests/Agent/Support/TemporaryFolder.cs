using System.Diagnostics.CodeAnalysis;

namespace Torc.Tests.Agent.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("torc-test-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Puts a small text into a file in the place of what was there, and leaves the file the same one.</summary>
    [SuppressMessage("Design", "MA0045", Justification = "Scenes about files are shorter without waiting for each of them.")]
    public void Write(string name, string text) => File.WriteAllText(At(name), text);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
