namespace Torc.Shared.Specs.Notations;

/// <summary>How the text of a spec is written.</summary>
public enum SpecNotation
{
    Json,
    Json5,
    Yaml,
    Kdl,

    /// <summary>A shell command on each line; each is a job.</summary>
    Commands,
}
