namespace Torc.Shared.Specs.Kdl;

/// <summary>What a KDL node becomes in the tree that all notations share.</summary>
internal abstract record KdlForm
{
    private KdlForm()
    {
    }

    /// <summary>The node's one argument: <c>command "true"</c>.</summary>
    public sealed record Value : KdlForm;

    /// <summary>A list of all arguments of all nodes of its name: <c>input_file "a"</c> twice, or <c>input_files "a" "b"</c>.</summary>
    public sealed record Values : KdlForm;

    /// <summary>An object with keys of the author's choice.</summary>
    /// <param name="AllowsLists">Whether a key with several arguments has a list of them.</param>
    public sealed record Map(bool AllowsLists = false) : KdlForm;

    /// <summary>One object: <c>resource_monitor { … }</c>.</summary>
    public sealed record Single(KdlShape Shape) : KdlForm;

    /// <summary>The node's argument, or an object where it has a block: <c>resource_requirements</c> of a job.</summary>
    public sealed record ValueOrObject(KdlShape Shape) : KdlForm;

    /// <summary>A list of objects, one for each node of its name: <c>job "a" { … }</c> and <c>job "b" { … }</c>.</summary>
    public sealed record Elements(KdlShape Shape) : KdlForm;

    /// <summary>A value whose argument is JSON inside a text: <c>data #"{"rate": 0.5}"#</c>.</summary>
    public sealed record Json : KdlForm;

    /// <summary>Whatever the node looks like.</summary>
    public sealed record Free : KdlForm;

    /// <summary>Nothing: what old files say and no workflow needs.</summary>
    public sealed record Ignored : KdlForm;
}
