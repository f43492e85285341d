namespace Torc.Web.Shell;

/// <summary>All keys, by where they work.</summary>
public sealed partial class ShortcutTable;
