namespace Torc.Shared.Specs.Editing;

/// <summary>Where a document says that two things hang together.</summary>
public enum SpecGraphOrigin
{
    /// <summary>In a list of the job.</summary>
    List,

    /// <summary>In a command, by a reference.</summary>
    Command,

    /// <summary>In a list and in a command.</summary>
    Both,

    /// <summary>By a regular expression, or by the name of one of its copies.</summary>
    Otherwise,
}
