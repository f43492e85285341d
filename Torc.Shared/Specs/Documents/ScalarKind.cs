namespace Torc.Shared.Specs.Documents;

internal enum ScalarKind
{
    Null,
    Boolean,

    /// <summary>Looks like a number; whether it is one that a spec may have is for whoever wants a number.</summary>
    Number,
    Text,
}
