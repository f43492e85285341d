namespace Torc.Shared.Specs;

/// <summary>What a spec may hold at most. All are enforced while reading, so that a small text cannot cost much.</summary>
public static class SpecLimits
{
    /// <summary>Of the whole text.</summary>
    public const int DocumentBytes = 64 << 20;

    /// <summary>Lists and objects inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Values, with everything that aliases and merge keys repeat.</summary>
    public const int Nodes = 2_000_000;

    /// <summary>Uses of YAML anchors.</summary>
    public const int Aliases = 1_000;

    /// <summary>Of a name, in UTF-8: what a file name may be on common file systems.</summary>
    public const int NameBytes = 255;

    /// <summary>Of a command, in UTF-8: what the kernel takes as one argument.</summary>
    public const int CommandBytes = 128 << 10;

    /// <summary>Of a path, in UTF-8: what the kernel takes.</summary>
    public const int PathBytes = 4096;

    /// <summary>Of any other text, in characters.</summary>
    public const int TextLength = 1 << 20;

    /// <summary>Problems that are told one by one.</summary>
    public const int Problems = 100;
}
