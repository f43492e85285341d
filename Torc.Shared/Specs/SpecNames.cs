using System.Buffers;
using System.Globalization;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>
/// What jobs, files, user data, classes, schedulers, handlers and a workflow may be called: whatever can be seen, and spaces inside,
/// but no character that shells, paths or references give a meaning. Such a name is safe in a file's name, on a terminal and on a page.
/// </summary>
internal static class SpecNames
{
    // The devices of Windows, which no file there can be called.
    private static readonly HashSet<string> Reserved = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })],
        StringComparer.OrdinalIgnoreCase);

    // Most names have nothing else, and need no look at each character's category.
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\\"<>|*?;`${}");

    // Letters and marks by their category, and nothing to be seen: fillers of Hangul, a joiner, vowels of Khmer without sound.
    private static readonly SearchValues<char> Empty = SearchValues.Create("\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0");

    private const string Allowed = "use letters, digits, spaces inside, and signs other than / \\ \" < > | * ? ; ` $ { }";

    // A device's name, with an ending at most; longer names need no look.
    private const int MaxReserved = 16;

    /// <summary>Takes the name out of an object that must have one.</summary>
    /// <returns>The name even if it is bad, so that what refers to it is not reported too; null if there is none.</returns>
    public static SpecName? Read(SpecObject named) =>
        named.RequireText("name") is { } scalar ? Check(named.Problems, named.Path["name"], scalar.At, scalar.Text) : null;

    /// <summary>Checks a name, and brings it into the form in which names are compared.</summary>
    public static SpecName Check(SpecProblems problems, SpecPath path, TextSpan at, string text)
    {
        string name = Composition.Compose(text);
        if (Refuse(name) is { } refusal)
        {
            problems.Error(DiagnosticCodes.BadName, path.ToString(), at, refusal, Allowed);
        }
        else if (!string.Equals(name, text, StringComparison.Ordinal))
        {
            problems.Add(
                DiagnosticCodes.NameComposed, Severity.Warning, path.ToString(), at,
                $"the name {Quoting.Quote(name)} has letters made of parts; it is read as if written in one piece (Unicode NFC)", Help(name));
        }
        else if (name.Length < MaxReserved && IsReserved(name))
        {
            problems.Add(
                DiagnosticCodes.ReservedName, Severity.Warning, path.ToString(), at,
                $"{Quoting.Quote(name)} is the name of a device on Windows", "choose another name");
        }

        return new SpecName(name, at);
    }

    private static bool IsReserved(ReadOnlySpan<char> name)
    {
        int dot = name.IndexOf('.');
        return Reserved.GetAlternateLookup<ReadOnlySpan<char>>().Contains(dot < 0 ? name : name[..dot]);
    }

    private static string Help(string name) => $"write {Quoting.Quote(name)}";

    private static string? Refuse(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "a name must not be empty";
        }

        if (Encoding.UTF8.GetByteCount(name) > SpecLimits.NameBytes)
        {
            return $"the name {Quoting.Quote(name)} is longer than {SpecLimits.NameBytes} bytes";
        }

        if (name is "." or "..")
        {
            return $"{Quoting.Quote(name)} is no name: it means a folder";
        }

        if (!name.AsSpan().ContainsAnyExcept(Plain))
        {
            return null;
        }

        int position = 1;
        foreach (var rune in name.EnumerateRunes())
        {
            bool isEdge = position == 1 || position == name.Length;
            bool isSpace = Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;
            if (!IsAllowed(rune) || (isSpace && isEdge))
            {
                string what = isSpace ? "a space" : Quoting.Name(rune);
                string where = isSpace ? position == 1 ? "begin with" : "end with" : "have";
                return string.Create(CultureInfo.InvariantCulture, $"the name {Quoting.Quote(name)} must not {where} {what} (character {position})");
            }

            position += rune.Utf16SequenceLength;
        }

        return null;
    }

    private static bool IsAllowed(Rune rune) =>
        !(rune.IsBmp && (Forbidden.Contains((char)rune.Value) || Empty.Contains((char)rune.Value)))
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
