using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What somebody does on the canvas. Keys are those of <see cref="SpecThing.Key"/>; of a line both, as <c>job/a&gt;file/f</c>.</summary>
public interface IEditorHand
{
    Task SelectAsync(IReadOnlyList<string> keys);

    Task MoveAsync(IReadOnlyDictionary<string, SpecPlace?> moves, bool isNudge);

    Task<Dictionary<string, string>> WhyNotAsync(string key, bool isOutput);

    Task ConnectAsync(string from, string to, bool isOrderOnly, double left, double top);

    Task DropLineAsync(string key, bool isOutput, SpecPlace at, double left, double top);

    Task DropNewAsync(string what, string? on, SpecPlace at, double left, double top);
}
