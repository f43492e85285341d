namespace Torc.Shared.Specs.Schema;

/// <summary>What this version makes of a key.</summary>
internal enum SpecFieldUse
{
    /// <summary>It has its effect.</summary>
    Full,

    /// <summary>It has its effect, and all that stands in it is checked with the key, so that whoever reads it need not.</summary>
    Checked,

    /// <summary>It is checked and kept with the text of the spec; it has no effect to be missed.</summary>
    Kept,

    /// <summary>It is checked and kept, and a warning says that it has no effect yet.</summary>
    NotYet,
}
