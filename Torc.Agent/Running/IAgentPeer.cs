namespace Torc.Agent.Running;

/// <summary>The keeper's end of one agent's connection.</summary>
internal interface IAgentPeer
{
    /// <summary>Sends when there is room on the wire; what is sent after the connection broke is lost, as the agent will ask for all again.</summary>
    void Send(KeeperNews news);

    /// <summary>Hands on what the agent asks, until it goes away.</summary>
    Task ReadAsync(Action<KeeperRequest> take);

    /// <summary>Gives the connection up: the agent sees its end.</summary>
    void Close();
}
