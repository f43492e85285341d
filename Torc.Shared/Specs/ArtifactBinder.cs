using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Reads the files, the datasets and the user data that a spec declares, with the copies that parameters make of them.</summary>
internal sealed class ArtifactBinder(
    SpecProblems problems,
    Suggestions suggestions,
    ParameterBinder parameters,
    DeclaredThings<FileDefinition> files,
    DeclaredThings<DatasetDefinition> datasets,
    DeclaredThings<UserDataDefinition> userData)
{
    private readonly Dictionary<string, int> _paths = [];

    /// <returns>False if some entry's copies could not be made, so that their names are not known.</returns>
    public bool Bind(IEnumerable<SpecObject> fileEntries, IEnumerable<SpecObject> datasetEntries, IEnumerable<SpecObject> dataEntries)
    {
        bool areAllKnown = true;
        foreach (var file in fileEntries)
        {
            file.CheckKeys(SpecSchema.File, suggestions);
            areAllKnown &= BindFile(file);
        }

        foreach (var dataset in datasetEntries)
        {
            dataset.CheckKeys(SpecSchema.Dataset, suggestions);
            areAllKnown &= BindDataset(dataset);
        }

        foreach (var data in dataEntries)
        {
            data.CheckKeys(SpecSchema.UserData, suggestions);
            areAllKnown &= BindData(data);
        }

        return areAllKnown;
    }

    private bool BindFile(SpecObject source)
    {
        var space = parameters.Bind(source);
        var name = Template(source, "name", source.RequireText("name"), space);
        var path = Template(source, "path", source.RequireText("path"), space);
        return space is not null
            && new Copies<FileDefinition>(problems, source, space, files).TryMake(name, "path", values => PathOf(path, values), (given, text) => File(source, path, given, text));
    }

    private bool BindDataset(SpecObject source)
    {
        var space = parameters.Bind(source);
        var name = Template(source, "name", source.RequireText("name"), space);
        var path = Template(source, "path", source.RequireText("path"), space);
        return space is not null
            && new Copies<DatasetDefinition>(problems, source, space, datasets).TryMake(name, "path", values => PathOf(path, values), (given, text) => new DatasetDefinition(given, text));
    }

    private string PathOf(TextTemplate? path, ParameterValue[] values)
    {
        string text = path?.Fill(values) ?? "";
        if (path is not null)
        {
            TextRules.CheckPath(problems, path.Path, path.At, text);
        }

        return text;
    }

    private FileDefinition File(SpecObject source, TextTemplate? path, string name, string text)
    {
        if (path is not null && !_paths.TryAdd(text, files.Count))
        {
            var first = files.NameOf(_paths[text]);
            problems.Add(
                DiagnosticCodes.SamePath, Severity.Warning, path.Path.ToString(), path.At,
                $"{source.What} has the path of file {Quoting.Quote(first.Text)} on line {problems.Text.LineOf(first.At.Start)}; Torc takes them for two files",
                "use one name for one file");
        }

        return new FileDefinition(name, text);
    }

    private bool BindData(SpecObject source)
    {
        var space = parameters.Bind(source);
        var name = Template(source, "name", source.FindText("name"), space);
        bool isEphemeral = source.Flag("is_ephemeral", absent: false);
        var data = source.Find("data");
        if (name is null)
        {
            problems.Add(
                DiagnosticCodes.Unused, Severity.Warning, source.Path.ToString(), source.At, "this user data has no name, so no job can use it; it is left out", "give it a name");
        }

        return space is not null
            && (name is null || new Copies<UserDataDefinition>(problems, source, space, userData).TryMake(
                name, "data", values => Json(source, data, space, values), (given, json) => new UserDataDefinition(given, json.Length == 0 ? null : json, isEphemeral)));
    }

    // Empty for no value yet.
    private string Json(SpecObject source, SpecNode? data, ParameterSpace space, ParameterValue[] values)
    {
        var path = source.Path["data"];
        return data is null ? "" : CanonicalJson.Write(problems, data, path, text => TextTemplate.Parse(problems, text, path, space).Fill(values)) ?? "";
    }

    private TextTemplate? Template(SpecObject source, string key, SpecNode.Scalar? text, ParameterSpace? space) =>
        text is null ? null : TextTemplate.Parse(problems, text, source.Path[key], space ?? ParameterSpace.Single);
}
