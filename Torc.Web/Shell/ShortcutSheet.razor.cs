using System.Text.Json;

namespace Torc.Web.Shell;

/// <summary>The sheet of keys, and the list that <c>js/keys.js</c> listens for.</summary>
public sealed partial class ShortcutSheet
{
    /// <summary>As JSON, which has no letter in it that could end the element around it.</summary>
    private static string List { get; } = JsonSerializer.Serialize(new
    {
        keys = Shortcut.All.Where(one => one.Action is not null).Select(one => new { keys = one.AllKeys, action = one.Action }),
        places = ShortcutPlace.All.Where(place => place.Selector is not null).ToDictionary(place => place.Name, place => place.Selector),
    });
}
