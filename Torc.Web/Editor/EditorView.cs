namespace Torc.Web.Editor;

/// <summary>What of an editor is shown.</summary>
public enum EditorView
{
    Split,
    Canvas,
    Text,
}
