namespace Torc.Web.Graph;

public enum GraphEdgeKind
{
    /// <summary>A file or user data goes this way, or a job asks for this.</summary>
    Data,

    /// <summary>The spec says so itself: no file and no user data goes this way.</summary>
    Order,
}
