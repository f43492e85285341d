namespace Torc.Faults.Sites;

/// <summary>The processes of a site; several where a fault hits them at the same moment.</summary>
[Flags]
internal enum SitePrograms
{
    None = 0,
    Server = 1,
    Agent = 2,
    Keeper = 4,
    All = Server | Agent | Keeper,
}
