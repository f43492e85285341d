using System.Globalization;
using Torc.Shared.Specs.Schema;

namespace Torc.Shared.Specs.Documents;

/// <summary>Checks values that nothing reads further: they are kept as they are, and must be what they say.</summary>
internal sealed class ShapeChecker(SpecProblems problems, Suggestions suggestions)
{
    /// <param name="name">Names the value for a message.</param>
    public void Check(SpecNode value, SpecPath path, string name, SpecShape shape)
    {
        switch (shape)
        {
            case SpecShape.Object { Kind: var kind }:
                CheckObject(value, path, name, kind);
                break;
            case SpecShape.List { Of: var item }:
                CheckList(value, path, name, item);
                break;
            case SpecShape.Map { Of: var of }:
                CheckMap(value, path, name, of);
                break;
            case SpecShape.ObjectOrText:
                CheckObjectOrText(value, path, name);
                break;
            case SpecShape.Anything:
                CanonicalJson.Write(problems, value, path);
                break;
            case SpecShape.Whole whole:
                CheckWhole(value, path, name, whole);
                break;
            case SpecShape.Flag:
                SpecValue.Flag(problems, value, path, name);
                break;
            case SpecShape.Choice choice:
                SpecValue.Choice(problems, suggestions, value, path, name, choice.Values);
                break;
            case SpecShape.Text or SpecShape.Name:
                SpecValue.Text(problems, value, path, name);
                break;
            default:
                throw new InvalidOperationException($"{shape} is checked by whoever reads it");
        }
    }

    private void CheckObject(SpecNode value, SpecPath path, string name, SpecObjectKind kind)
    {
        if (SpecObject.From(problems, value, path, name) is not { } item)
        {
            return;
        }

        item.CheckKeys(kind, suggestions);
        foreach (var field in kind.Fields)
        {
            if ((field.IsRequired ? item.Require(field.Name) : item.Find(field.Name)) is { } known)
            {
                Check(known, path[field.Name], field.Name, field.Shape);
            }
        }
    }

    private void CheckWhole(SpecNode value, SpecPath path, string name, SpecShape.Whole shape)
    {
        if (SpecValue.Whole(problems, value, path, name, shape.Min, shape.Max) is { } number && shape.Doubt is { } doubt && (number < doubt.From || number > doubt.To))
        {
            string wanted = doubt.To == int.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"at least {doubt.From}")
                : string.Create(CultureInfo.InvariantCulture, $"between {doubt.From} and {doubt.To}");
            problems.Add(
                DiagnosticCodes.BadValue, Severity.Warning, path.ToString(), value.At,
                string.Create(CultureInfo.InvariantCulture, $"{name} should be {wanted}, not {number}: {doubt.Why}"), help: null);
        }
    }

    private void CheckList(SpecNode value, SpecPath path, string name, SpecShape item)
    {
        if (value is not SpecNode.Sequence list)
        {
            SpecValue.WrongKind(problems, value, path, name, "a list");
            return;
        }

        for (int index = 0; index < list.Items.Count && !problems.IsStopped; index++)
        {
            string place = item is SpecShape.Object ? $"{name}[{index}]" : $"each of {name}";
            Check(list.Items[index], path[index], place, item);
        }
    }

    private void CheckMap(SpecNode value, SpecPath path, string name, SpecShape of)
    {
        if (value is not SpecNode.Mapping map)
        {
            SpecValue.WrongKind(problems, value, path, name, "an object of names and values");
            return;
        }

        foreach (var entry in map.Entries)
        {
            Check(entry.Value, path[entry.Key], entry.Key, of);
        }
    }

    private void CheckObjectOrText(SpecNode value, SpecPath path, string name)
    {
        if (value is SpecNode.Mapping)
        {
            CanonicalJson.Write(problems, value, path);
            return;
        }

        if (value is not SpecNode.Scalar { Kind: ScalarKind.Text })
        {
            SpecValue.WrongKind(problems, value, path, name, "an object or a text");
            return;
        }

        SpecValue.Text(problems, value, path, name);
    }
}
