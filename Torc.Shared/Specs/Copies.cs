using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;

namespace Torc.Shared.Specs;

/// <summary>Makes the copies of one declared file or user data, each name once.</summary>
internal sealed class Copies<T>(SpecProblems problems, SpecObject source, ParameterSpace space, DeclaredThings<T> things)
{
    private readonly List<(ParameterValue[] Values, string Content)> _made = [];

    /// <param name="name">Null if there is none; a problem was told then.</param>
    /// <param name="key">Where the content stands.</param>
    /// <param name="content">What copies of one name must have alike.</param>
    /// <returns>False, and a problem, if there would be too many.</returns>
    public bool TryMake(TextTemplate? name, string key, Func<ParameterValue[], string> content, Func<string, string, T> create)
    {
        if (things.Count + space.Count > SpecLimits.Jobs)
        {
            if (problems.IsFirst(DiagnosticCodes.Limit, typeof(T).Name))
            {
                problems.Error(
                    DiagnosticCodes.Limit, source.Path.ToString(), source.At,
                    $"with {source.What} there are more than {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)} of its kind");
            }

            return false;
        }

        int firstOfEntry = things.Count;
        var names = new CopyNames(problems, source);
        problems.IsInCopies = !space.IsSingle;
        for (long copy = 0; copy < space.Count; copy++)
        {
            var values = space.Combination(copy);
            SpecName? given = name is null ? null : SpecNames.Check(problems, name.Path, name.At, name.Fill(values));
            string text = content(values);
            if (given is { } known && things.Find(known.Text) is { } existing && existing >= firstOfEntry)
            {
                Unite(names, existing, values, _made[existing - firstOfEntry], known, key, text);
                continue;
            }

            if (!space.IsSingle && !problems.AllowsMoreText(text.Length, source.Path[key], source.Find(key)?.At ?? source.At))
            {
                problems.IsInCopies = false;
                return false;
            }

            things.Add(create(given?.Text ?? "", text), given, source, new Combination(space, values));
            _made.Add((values, text));
        }

        problems.IsInCopies = false;
        return true;
    }

    private void Unite(CopyNames names, int existing, ParameterValue[] values, (ParameterValue[] Values, string Content) first, SpecName name, string key, string text)
    {
        string firstValues = space.Describe(first.Values);
        string secondValues = space.Describe(values);
        if (names.IsNew(existing, first.Values, values, secondValues, name) && !string.Equals(first.Content, text, StringComparison.Ordinal))
        {
            names.RefuseDifference(key, source.Find(key)?.At ?? source.At, name, (firstValues, first.Content), (secondValues, text));
        }
    }
}
