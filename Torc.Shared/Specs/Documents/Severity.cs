namespace Torc.Shared.Specs.Documents;

public enum Severity
{
    /// <summary>Nothing is stored.</summary>
    Error,

    /// <summary>Read as the message says, and probably not what was meant.</summary>
    Warning,

    /// <summary>Fine, and could be written better.</summary>
    Hint,
}
