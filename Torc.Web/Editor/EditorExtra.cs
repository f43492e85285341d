namespace Torc.Web.Editor;

/// <summary>What a section of the form has apart from its fields.</summary>
public enum EditorExtra
{
    None,

    /// <summary>What the thing is connected with.</summary>
    Links,

    /// <summary>A way to a new class of requirements.</summary>
    Class,

    /// <summary>A way to a new failure handler.</summary>
    Handler,

    /// <summary>Parameters, and what they make.</summary>
    Sweep,
}
