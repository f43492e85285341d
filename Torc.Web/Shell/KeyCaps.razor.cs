using Microsoft.AspNetCore.Components;

namespace Torc.Web.Shell;

/// <summary>Keys as they look on a keyboard.</summary>
public sealed partial class KeyCaps
{
    /// <summary>See <see cref="Shortcut.Keys"/>.</summary>
    [Parameter, EditorRequired]
    public string Keys { get; set; } = "";

    // A plus alone is a key.
    private static string[] Parts(string key) => key.Length > 1 ? key.Split('+') : [key];
}
