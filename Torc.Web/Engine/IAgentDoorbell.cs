namespace Torc.Web.Engine;

/// <summary>Tells idle agents that there is work.</summary>
internal interface IAgentDoorbell
{
    /// <summary>Returns at once; a bell that is not heard costs time only.</summary>
    /// <param name="connections">The hub's names for them.</param>
    void Ring(IReadOnlyList<string> connections);
}
