namespace Torc.Web.Engine;

/// <summary>What the event says by which a workflow is put away, or brought back.</summary>
internal sealed record ArchivedData(string By);
