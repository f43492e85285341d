namespace Torc.Shared.Specs.Documents;

/// <summary>What a spec may hold at most. All are enforced while reading, so that a small text cannot cost much.</summary>
public static class SpecLimits
{
    /// <summary>Of the whole text.</summary>
    public const int DocumentBytes = 64 << 20;

    /// <summary>Lists and objects inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Values that a document writes: enough for a million jobs that name what they wait for.</summary>
    public const int Nodes = 8_000_000;

    /// <summary>Values that aliases and merge keys repeat.</summary>
    public const int RepeatedNodes = 2_000_000;

    /// <summary>Jobs, and as many files and user data, with all that parameters make.</summary>
    public const int Jobs = 1_000_000;

    /// <summary>What jobs say of other jobs, files and user data: each needs, produces or depends on is one.</summary>
    public const int Edges = 10_000_000;

    /// <summary>Names that regular expressions are compared with.</summary>
    public const int PatternTests = 20_000_000;

    /// <summary>Of a regular expression, in characters.</summary>
    public const int PatternLength = 10_000;

    /// <summary>Different regular expressions that say more than how a name begins or ends.</summary>
    public const int Patterns = 4_000;

    /// <summary>Characters of all those expressions together; large sets of characters count as several.</summary>
    public const int PatternCharacters = 200_000;

    /// <summary>Characters of all texts into which parameters, variables or paths were put.</summary>
    public const int ExpandedText = 1 << 29;

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

    /// <summary>Errors after which the rest of a document is not looked at.</summary>
    public const int Mistakes = 100_000;

    /// <summary>Problems that are told one by one.</summary>
    public const int Problems = 100;
}
