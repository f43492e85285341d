using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Texts;

namespace Torc.Shared.Workflows.Selection;

/// <summary>
/// Reads selections: words with spaces between them are all to be true, <c>or</c> parts alternatives, <c>-</c> before a word negates it.
/// A word is <c>name</c>, <c>wor*</c>, <c>"any name"</c>, <c>status:failed</c>, <c>node:n2</c>, <c>group:sim</c> or <c>lr:0.1</c> for a parameter's value, with <c>+</c> or <c>2+</c> before it for what it
/// waits for, and <c>+</c> or <c>+2</c> behind it for what waits for it.
/// </summary>
public ref struct SelectionText
{
    /// <summary>More is no selection that anybody wrote.</summary>
    public const int MaxLength = 16 << 10;

    private const string Term = "a job's name, status:…, node:…, group:… or a parameter with its value";
    private const string Or = "or";

    private readonly string _text;
    private int _at;
    private SelectionProblem? _problem;

    private SelectionText(string text) => _text = text;

    /// <returns>Null if it is none; then <paramref name="problem"/> says why.</returns>
    public static JobSelection? TryParse(string text, out SelectionProblem? problem)
    {
        if (text.Length > MaxLength)
        {
            problem = new SelectionProblem(MaxLength + 1, $"at most {MaxLength} letters", $"{text.Length}");
            return null;
        }

        var reader = new SelectionText(text);
        var selection = reader.ReadAny();
        problem = reader._problem;
        return problem is null ? selection : null;
    }

    /// <summary>Writes the name of one job so that it is read as that and nothing else.</summary>
    public static string OfName(string name) =>
        name == Or || name[0] == '-' || name.Any(letter => char.IsWhiteSpace(letter) || letter is '+' or ':') ? $"\"{name}\"" : name;

    private JobSelection? ReadAny()
    {
        var parts = new List<JobSelection>();
        do
        {
            if (ReadEvery() is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }
        while (TakeOr());
        return parts.Count == 1 ? parts[0] : new JobSelection.Any(parts);
    }

    private JobSelection? ReadEvery()
    {
        var parts = new List<JobSelection>();
        do
        {
            if (ReadTerm() is not { } part)
            {
                return null;
            }

            parts.Add(part);
            SkipSpaces();
        }
        while (_at < _text.Length && !IsOr());
        return parts.Count == 1 ? parts[0] : new JobSelection.Every(parts);
    }

    private JobSelection? ReadTerm()
    {
        SkipSpaces();
        if (IsOr())
        {
            return Fail(Term);
        }

        bool isNegated = _at < _text.Length && _text[_at] == '-';
        _at += isNegated ? 1 : 0;
        int up = TakeStepsBefore();
        if (ReadAtom() is not { } atom)
        {
            return null;
        }

        int down = TakeStepsBehind();
        if (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
        {
            return Fail("a space, or quotes around a name that has such letters");
        }

        var around = up == 0 && down == 0 ? atom : new JobSelection.Around(atom, up, down);
        return isNegated ? new JobSelection.Not(around) : around;
    }

    private JobSelection? ReadAtom()
    {
        int start = _at;
        if (TakeQuoted() is { } name)
        {
            return name.Length == 0 ? FailAt(start, Term) : new JobSelection.Named(name);
        }

        if (_problem is not null)
        {
            return null;
        }

        string word = TakeWord();
        if (word.Length == 0 || word[0] == '-')
        {
            return FailAt(start, Term);
        }

        if (_at < _text.Length && _text[_at] == ':')
        {
            _at++;
            return word switch
            {
                "status" => ReadStatus(),
                "node" => ReadValue("a node's name") is { } node ? new JobSelection.OnNode(node) : null,
                "group" => ReadValue("a group's name") is { } group ? new JobSelection.InGroup(group) : null,
                _ => ReadValue($"a value of the parameter {word}, or quotes around a name that has a colon") is { } value ? new JobSelection.WithParameter(word, value) : null,
            };
        }

        return IsPattern(word) ? new JobSelection.Like(word) : new JobSelection.Named(word);
    }

    private JobSelection? ReadStatus()
    {
        int start = _at;
        return JobStatusWords.TryParse(TakeWord()) is { } status
            ? new JobSelection.InStatus(status)
            : FailAt(start, $"one of {string.Join(", ", Enum.GetValues<JobStatus>().Select(JobStatusWords.Of))}");
    }

    private string? ReadValue(string expected)
    {
        int start = _at;
        string? quoted = TakeQuoted();
        if (_problem is not null)
        {
            return null;
        }

        string value = quoted ?? TakeWord();
        if (value.Length == 0)
        {
            FailAt(start, expected);
            return null;
        }

        return value;
    }

    // "2+" or "+"; digits without a plus begin a name.
    private int TakeStepsBefore()
    {
        int plus = _at;
        while (plus < _text.Length && char.IsAsciiDigit(_text[plus]))
        {
            plus++;
        }

        if (plus == _text.Length || _text[plus] != '+')
        {
            return 0;
        }

        int steps = Steps(_text.AsSpan(_at, plus - _at));
        _at = plus + 1;
        return steps;
    }

    private int TakeStepsBehind()
    {
        if (_at == _text.Length || _text[_at] != '+')
        {
            return 0;
        }

        int start = ++_at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return Steps(_text.AsSpan(start, _at - start));
    }

    private static int Steps(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) ? steps : JobSelection.Around.All;

    private string? TakeQuoted()
    {
        if (_at == _text.Length || _text[_at] != '"')
        {
            return null;
        }

        int end = _text.IndexOf('"', _at + 1);
        if (end < 0)
        {
            _at = _text.Length;
            Fail("a second \"");
            return null;
        }

        string quoted = _text[(_at + 1)..end];
        _at = end + 1;
        return quoted;
    }

    private string TakeWord()
    {
        int start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('+' or ':' or '"'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool TakeOr()
    {
        SkipSpaces();
        bool isOr = IsOr();
        _at += isOr ? Or.Length : 0;
        return isOr;
    }

    private readonly bool IsOr() =>
        _text.AsSpan(_at).StartsWith(Or, StringComparison.Ordinal) && (_at + Or.Length == _text.Length || char.IsWhiteSpace(_text[_at + Or.Length]));

    private void SkipSpaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private static bool IsPattern(string word) => word.AsSpan().ContainsAny('*', '?');

    private JobSelection? Fail(string expected) => FailAt(_at, expected);

    private JobSelection? FailAt(int position, string expected)
    {
        string rest = _text[position..];
        int end = rest.AsSpan().IndexOfAny(" \t\n");
        _problem = new SelectionProblem(position + 1, expected, rest.Length == 0 ? null : Quoting.Quote(end < 0 ? rest : rest[..Math.Max(end, 1)]));
        return null;
    }
}
