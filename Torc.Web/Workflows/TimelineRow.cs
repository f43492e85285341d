namespace Torc.Web.Workflows;

/// <summary>What a row of a timeline is.</summary>
public enum TimelineRow
{
    Job,

    /// <summary>Jobs that differ only by parameters or numbers, in as few lanes as it takes.</summary>
    Group,

    /// <summary>What ran on one node, likewise.</summary>
    Node,
}
