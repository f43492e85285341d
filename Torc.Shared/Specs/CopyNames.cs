using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;

namespace Torc.Shared.Specs;

/// <summary>Tells apart the copies of one entry that came to one name: those of different values may be one thing, those of equal values are a mistake.</summary>
internal sealed class CopyNames(SpecProblems problems, SpecObject source)
{
    private readonly HashSet<(int Position, string Values)> _seen = [];

    /// <summary>Refuses a copy whose values another copy of the same name has.</summary>
    /// <param name="position">Of the thing that has the name.</param>
    /// <param name="first">The values of the first copy of that name.</param>
    public bool IsNew(int position, ParameterValue[] first, ParameterValue[] copy, string shown, SpecName name)
    {
        _seen.Add((position, Print(first)));
        if (_seen.Add((position, Print(copy))))
        {
            return true;
        }

        problems.Error(
            DiagnosticCodes.DuplicateName, source.Path["name"].ToString(), name.At,
            $"{source.What} is made twice as {Texts.Quoting.Quote(name.Text)}: both times with {shown}", "give each combination of values once");
        return false;
    }

    /// <summary>Refuses copies of one name that differ where they must not.</summary>
    public void RefuseDifference(string key, TextSpan at, SpecName name, (string Copy, string Value) first, (string Copy, string Value) second) => problems.Error(
        DiagnosticCodes.CopiesDiffer, source.Path[key].ToString(), at,
        $"two copies of {source.What} have the name {Texts.Quoting.Quote(name.Text)} and differ in {key}: "
        + $"{Texts.Quoting.Quote(first.Value)} with {first.Copy}, {Texts.Quoting.Quote(second.Value)} with {second.Copy}",
        "put the parameter into the name; only what a job depends on, and the files and datasets that it needs, may differ");

    // Hardly any text has this character, so that no two values together look like two others.
    private static string Print(ParameterValue[] values) => string.Join('\uFFFF', values);
}
