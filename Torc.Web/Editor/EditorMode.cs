namespace Torc.Web.Editor;

/// <summary>What the canvas shows.</summary>
public enum EditorMode
{
    /// <summary>Jobs with the files and user data between them.</summary>
    Files,

    /// <summary>Only which job waits for which.</summary>
    Jobs,
}
