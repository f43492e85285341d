namespace Torc.Web.Editor;

/// <summary>A draft was removed meanwhile, as in another window, so that it cannot be kept in its place.</summary>
public sealed class DraftGoneException() : InvalidOperationException("This draft was removed meanwhile, perhaps in another window.");
