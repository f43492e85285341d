namespace Torc.Web.Graph;

/// <summary>Which groups of jobs are drawn as one node.</summary>
public enum GraphGrouping
{
    /// <summary>As many jobs as can be looked at are drawn for themselves; the largest groups are not.</summary>
    Auto,

    /// <summary>Every group.</summary>
    All,

    /// <summary>None, as long as the workflow is small enough.</summary>
    None,
}
