namespace Torc.Web.Data;

/// <summary>What keeps a store from taking changes, and goes away without anybody restarting anything.</summary>
internal enum StoreTrouble
{
    /// <summary>Nothing can be stored until there is room.</summary>
    DiskFull,

    /// <summary>There is room to go on, and not to begin anything new.</summary>
    DiskLow,

    /// <summary>Another program holds the database.</summary>
    Locked,
}
