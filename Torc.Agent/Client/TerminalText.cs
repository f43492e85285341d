using System.Text;

namespace Torc.Agent.Client;

/// <summary>
/// Makes of what a job wrote what a terminal may be given: text and colours. All else with which it could move the cursor, set the title or
/// hide text becomes visible marks. Takes a log in parts, which may be cut anywhere.
/// </summary>
internal sealed class TerminalText
{
    private const int LongestLine = 10_000;
    private const int LongestColour = 40;
    private const char Escape = '\u001b';
    private const char Replacement = '\ufffd';

    /// <summary>Sets everything back.</summary>
    private const string Plain = "\u001b[0m";

    private readonly StringBuilder _shown = new();
    private readonly StringBuilder _escape = new();
    private int _column;
    private bool _isAfterReturn;
    private bool _isColoured;

    /// <returns>What can be shown by now.</returns>
    public string Next(string written)
    {
        foreach (char letter in written)
        {
            Take(letter);
        }

        return Taken();
    }

    /// <returns>What is left at the end, with colours set back.</returns>
    public string End()
    {
        EndEscape();
        EndReturn();
        SetBack();
        return Taken();
    }

    private string Taken()
    {
        string shown = _shown.ToString();
        _shown.Clear();
        return shown;
    }

    private void Take(char letter)
    {
        if (_escape.Length > 0 && TakeEscape(letter))
        {
            return;
        }

        if (letter == '\n')
        {
            // The line end of some systems is no mark.
            _isAfterReturn = false;
            SetBackForLongLine();
            _shown.Append('\n');
            _column = 0;
            return;
        }

        EndReturn();
        switch (letter)
        {
            case Escape:
                _escape.Append(letter);
                break;
            case '\r':
                _isAfterReturn = true;
                break;
            case '\t':
                Show(letter);
                break;
            default:
                Show(Mark(letter));
                break;
        }
    }

    /// <returns>Whether it was part of an escape sequence.</returns>
    private bool TakeEscape(char letter)
    {
        bool isBegin = _escape.Length == 1 && letter == '[';
        bool isInside = _escape.Length > 1 && _escape.Length < LongestColour && letter is (>= '0' and <= '9') or ';' or ':';
        if (isBegin || (isInside && _escape.Length > 1))
        {
            _escape.Append(letter);
            return true;
        }

        if (_escape.Length > 1 && letter == 'm' && IsColour(_escape.ToString(2, _escape.Length - 2)))
        {
            if (_column <= LongestLine)
            {
                _shown.Append(_escape).Append('m');
                _isColoured = true;
            }

            _escape.Clear();
            return true;
        }

        EndEscape();
        return false;
    }

    private void EndEscape()
    {
        for (int at = 0; at < _escape.Length; at++)
        {
            Show(Mark(_escape[at]));
        }

        _escape.Clear();
    }

    private void EndReturn()
    {
        if (_isAfterReturn)
        {
            // It would write over what stands there.
            _isAfterReturn = false;
            Show(Mark('\r'));
        }
    }

    private void SetBack()
    {
        if (_isColoured)
        {
            _shown.Append(Plain);
            _isColoured = false;
        }
    }

    // What was cut may have been what set its colours back.
    private void SetBackForLongLine()
    {
        if (_column > LongestLine)
        {
            SetBack();
        }
    }

    private void Show(char letter)
    {
        _column++;
        if (_column <= LongestLine)
        {
            _shown.Append(letter);
        }
        else if (_column == LongestLine + 1)
        {
            _shown.Append(" …");
        }
    }

    private static char Mark(char letter) => letter switch
    {
        < ' ' => (char)('\u2400' + letter),
        '\u007f' => '\u2421',
        (>= '\u0080' and <= '\u009f') or '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => Replacement,
        _ => letter,
    };

    // Whoever may hide text may show another.
    private static bool IsColour(string codes)
    {
        string[] parts = codes.Split(';', ':');
        for (int at = 0; at < parts.Length; at++)
        {
            if (parts[at].Length == 0)
            {
                continue;
            }

            if (!int.TryParse(parts[at], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int code))
            {
                return false;
            }

            if (code is 38 or 48 && at + 1 < parts.Length)
            {
                // One of 256 colours, or red, green and blue.
                at += parts[at + 1] switch { "5" => 2, "2" => 4, _ => 0 };
            }
            else if (code is not ((>= 0 and <= 4) or 7 or 9 or (>= 21 and <= 29) or (>= 30 and <= 49) or (>= 90 and <= 107)))
            {
                return false;
            }
        }

        return true;
    }
}
