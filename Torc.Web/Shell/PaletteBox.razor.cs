namespace Torc.Web.Shell;

/// <summary>The room of the command palette, which <c>js/palette.js</c> fills. It lies outside of what the circuit renders, so it opens without asking the server.</summary>
public sealed partial class PaletteBox;
