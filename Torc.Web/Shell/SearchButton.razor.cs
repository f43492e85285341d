namespace Torc.Web.Shell;

/// <summary>Opens the command palette where a page has not what somebody came for.</summary>
public sealed partial class SearchButton;
