namespace Torc.Shared.Specs.Editing;

/// <summary>How a form asks for a value.</summary>
public enum SpecFormKind
{
    Text,

    /// <summary>A shell command, of one line or several.</summary>
    Command,
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of a few values, or of the names that the document declares.</summary>
    Choice,

    /// <summary>A list or an object.</summary>
    Structure,
}
