using System.Text;

namespace Torc.Shared.Specs.Editing;

/// <summary>
/// Lists of changes to one text: in the order of the text, none touching another. What is not among them stays as it is, to the last space.
/// </summary>
public static class TextChanges
{
    public static string Apply(string text, IReadOnlyList<TextChange> changes)
    {
        if (changes.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        int next = 0;
        foreach (var change in changes)
        {
            result.Append(text, next, change.Start - next).Append(change.Now);
            next = change.End;
        }

        return result.Append(text, next, text.Length - next).ToString();
    }

    /// <summary>Whether they are changes to a text: within it, in order, and none inside another.</summary>
    public static bool Fit(int length, IReadOnlyList<TextChange> changes)
    {
        int next = 0;
        foreach (var change in changes)
        {
            if (change.Start < next || change.End < change.Start || change.End > length)
            {
                return false;
            }

            next = change.End;
        }

        return true;
    }

    /// <summary>What makes of the changed text the one that it was.</summary>
    /// <param name="text">Before the changes.</param>
    public static IReadOnlyList<TextChange> Invert(string text, IReadOnlyList<TextChange> changes)
    {
        var inverse = new List<TextChange>(changes.Count);
        int moved = 0;
        foreach (var change in changes)
        {
            int start = change.Start + moved;
            inverse.Add(new TextChange(start, start + change.Now.Length, text[change.Start..change.End]));
            moved += change.Now.Length - (change.End - change.Start);
        }

        return inverse;
    }

    /// <summary>The changes that do at once what two lists do one after the other.</summary>
    /// <param name="text">Before both.</param>
    /// <param name="second">To the text after the first.</param>
    public static IReadOnlyList<TextChange> Then(string text, IReadOnlyList<TextChange> first, IReadOnlyList<TextChange> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return first.Count == 0 ? second : first;
        }

        return Differences(text, Split(Pieces(text.Length, first), second));
    }

    /// <summary>The same changes without what they leave as it is at their beginning and end; nothing of those that change nothing.</summary>
    public static IReadOnlyList<TextChange> Trim(string text, IReadOnlyList<TextChange> changes)
    {
        var trimmed = new List<TextChange>(changes.Count);
        foreach (var change in changes)
        {
            var was = text.AsSpan(change.Start, change.End - change.Start);
            var now = change.Now.AsSpan();
            int head = was.CommonPrefixLength(now);
            head -= head > 0 && char.IsHighSurrogate(was[head - 1]) ? 1 : 0;
            int tail = 0;
            int most = Math.Min(was.Length, now.Length) - head;
            while (tail < most && was[^(tail + 1)] == now[^(tail + 1)])
            {
                tail++;
            }

            tail -= tail > 0 && char.IsLowSurrogate(was[^tail]) ? 1 : 0;
            if (head + tail < Math.Max(was.Length, now.Length))
            {
                trimmed.Add(new TextChange(change.Start + head, change.End - tail, change.Now[head..^tail]));
            }
        }

        return trimmed;
    }

    // What a text is made of: a part of the one before, or something new in its place.
    private static List<Piece> Pieces(int length, IReadOnlyList<TextChange> changes)
    {
        var pieces = new List<Piece>((changes.Count * 2) + 1);
        int next = 0;
        foreach (var change in changes)
        {
            Add(pieces, new Piece(next, change.Start - next, null));
            Add(pieces, new Piece(0, change.Now.Length, change.Now));
            next = change.End;
        }

        Add(pieces, new Piece(next, length - next, null));
        return pieces;
    }

    private static List<Piece> Split(List<Piece> pieces, IReadOnlyList<TextChange> changes)
    {
        var result = new List<Piece>(pieces.Count + (changes.Count * 2));
        var (piece, used, at) = (0, 0, 0);
        foreach (var change in changes)
        {
            Take(change.Start - at, result);
            Add(result, new Piece(0, change.Now.Length, change.Now));
            Take(change.End - change.Start, null);
            at = change.End;
        }

        Take(int.MaxValue, result);
        return result;

        void Take(int length, List<Piece>? into)
        {
            while (length > 0 && piece < pieces.Count)
            {
                var whole = pieces[piece];
                int taken = Math.Min(length, whole.Length - used);
                if (into is not null)
                {
                    Add(into, whole.Part(used, taken));
                }

                length -= taken;
                used += taken;
                if (used == whole.Length)
                {
                    (piece, used) = (piece + 1, 0);
                }
            }
        }
    }

    private static List<TextChange> Differences(string text, List<Piece> pieces)
    {
        var changes = new List<TextChange>();
        var now = new StringBuilder();
        int next = 0;
        foreach (var piece in pieces)
        {
            if (piece.New is { } added)
            {
                now.Append(added);
                continue;
            }

            Close(piece.Start);
            next = piece.Start + piece.Length;
        }

        Close(text.Length);
        return changes;

        void Close(int end)
        {
            if (end > next || now.Length > 0)
            {
                changes.Add(new TextChange(next, end, now.ToString()));
                now.Clear();
            }
        }
    }

    private static void Add(List<Piece> pieces, Piece piece)
    {
        if (piece.Length > 0)
        {
            pieces.Add(piece);
        }
    }

    /// <param name="New">Null for a part of the text before.</param>
    private readonly record struct Piece(int Start, int Length, string? New)
    {
        public Piece Part(int from, int length) => New is null ? new Piece(Start + from, length, null) : new Piece(0, length, New.Substring(from, length));
    }
}
