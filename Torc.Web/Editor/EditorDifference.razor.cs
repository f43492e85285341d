using Microsoft.AspNetCore.Components;
using Torc.Shared.Texts;

namespace Torc.Web.Editor;

/// <summary>How the text of a draft differs from that of a version.</summary>
public sealed partial class EditorDifference
{
    private const int LinesAround = 3;
    private const int MostLines = 500;

    private (string Before, string After) _compared;
    private IReadOnlyList<IReadOnlyList<TextLine>> _pieces = [];
    private int _left;

    [Parameter, EditorRequired]
    public string Title { get; set; } = null!;

    /// <summary>The text of the version.</summary>
    [Parameter, EditorRequired]
    public string Before { get; set; } = null!;

    /// <summary>The text of the draft.</summary>
    [Parameter, EditorRequired]
    public string After { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Closed { get; set; }

    protected override void OnParametersSet()
    {
        if (_compared == (Before, After))
        {
            return;
        }

        _compared = (Before, After);
        var all = TextLines.Changed(TextLines.Compare(Before, After), LinesAround);
        int total = all.Sum(piece => piece.Count);
        var shown = new List<IReadOnlyList<TextLine>>();
        for (int piece = 0, lines = 0; piece < all.Count && lines < MostLines; lines += all[piece].Count, piece++)
        {
            shown.Add([.. all[piece].Take(MostLines - lines)]);
        }

        (_pieces, _left) = (shown, total - shown.Sum(piece => piece.Count));
    }
}
