namespace Torc.Shared.Specs.Patterns;

/// <summary>Which letters names have, from any to the fewest.</summary>
internal enum NameLetters
{
    Any,

    /// <summary>None outside the basic plane, no marks, and none that are symbols or numbers by their category.</summary>
    Usual,

    Ascii,
}
