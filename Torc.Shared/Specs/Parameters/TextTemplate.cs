using System.Runtime.CompilerServices;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Parameters;

/// <summary>
/// A text of a spec with places for parameters: <c>work_{i:03d}</c>. Braces around anything that is no parameter of its object
/// stay as they are, and so does <c>${i}</c>, which is the shell's.
/// </summary>
internal sealed class TextTemplate
{
    private readonly SpecProblems _problems;
    private readonly Hole[] _holes;

    private TextTemplate(SpecProblems problems, SpecNode.Scalar source, SpecPath path, string text, Hole[] holes)
    {
        _problems = problems;
        Source = source;
        Path = path;
        Text = text;
        _holes = holes;
    }

    public SpecNode.Scalar Source { get; }

    public SpecPath Path { get; }

    /// <summary>As the document has it.</summary>
    public string Text { get; }

    public TextSpan At => Source.At;

    public bool HasHoles => _holes.Length > 0;

    /// <summary>A text as it is, or with places for the parameters of its object.</summary>
    public static TextTemplate Parse(SpecProblems problems, SpecNode.Scalar source, SpecPath path, ParameterSpace parameters)
    {
        if (parameters.IsSingle || !source.Text.Contains('{'))
        {
            return new TextTemplate(problems, source, path, source.Text, []);
        }

        var holes = new List<Hole>();
        foreach (var place in Placeholder.FindAll(source.Text))
        {
            if (parameters.Find(place.Name) is not { } parameter)
            {
                continue;
            }

            if (place.Format is { } format && !ParameterValue.IsFormat(format))
            {
                problems.Add(
                    DiagnosticCodes.BadFormat, Severity.Warning, path.ToString(), source.At,
                    $"the format {Quoting.Quote(format)} of parameter {Quoting.Quote(place.Name)} is none; its values are written as they are",
                    $"write {{{place.Name}}}, for a whole number {{{place.Name}:03d}}, for a decimal number {{{place.Name}:.2f}}");
            }

            holes.Add(new Hole(place.Start, place.End, parameter, place.Format));
        }

        return new TextTemplate(problems, source, path, source.Text, [.. holes]);
    }

    /// <summary>Puts the values in; a text that becomes too long is a problem, and stays as it is.</summary>
    /// <param name="values">One for each parameter of the object.</param>
    public string Fill(ReadOnlySpan<ParameterValue> values) => Fill(values, static text => text);

    /// <param name="write">How a value is written into this kind of text.</param>
    public string Fill(ReadOnlySpan<ParameterValue> values, Func<string, string> write)
    {
        if (_holes.Length == 0)
        {
            return Text;
        }

        var filled = new DefaultInterpolatedStringHandler(literalLength: Text.Length, formattedCount: _holes.Length);
        int copied = 0;
        foreach (var hole in _holes)
        {
            if (filled.Text.Length > SpecLimits.TextLength)
            {
                break;
            }

            var value = values[hole.Parameter];
            filled.AppendFormatted(Text.AsSpan(copied, hole.Start - copied));
            filled.AppendLiteral(write(hole.Format is null ? value.ToString() : value.Format(hole.Format)));
            copied = hole.End;
        }

        filled.AppendFormatted(Text.AsSpan(copied));
        bool isAllowed = _problems.AllowsText(filled.Text.Length, Path, At);
        string text = filled.ToStringAndClear();
        return isAllowed ? text : Text;
    }

    private readonly record struct Hole(int Start, int End, int Parameter, string? Format);
}
