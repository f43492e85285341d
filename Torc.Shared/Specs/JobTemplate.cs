using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;

namespace Torc.Shared.Specs;

/// <summary>One entry of a spec's jobs, before parameters make copies of it.</summary>
internal sealed class JobTemplate
{
    /// <param name="onLost">What the workflow says, unless the job says something else.</param>
    public JobTemplate(SpecObject source, ParameterSpace parameters, Suggestions suggestions, OnLost onLost)
    {
        Source = source;
        Parameters = parameters;
        Name = Required("name");
        Command = Required("command");
        InvocationScript = Optional("invocation_script");
        FailureHandler = Optional("failure_handler");
        Scheduler = Optional("scheduler");
        Label = Optional("label");
        Priority = source.Whole("priority", int.MinValue, int.MaxValue, absent: 0);
        CancelOnBlockingJobFailure = source.Flag("cancel_on_blocking_job_failure", absent: true);
        OnLost = ReadOnLost(source, suggestions) ?? onLost;
        Env = EnvTemplate.Read(source, parameters);
        DependsOn = Many("depends_on", "job names");
        DependsOnPatterns = Many("depends_on_regexes", "regular expressions");
        InputFiles = Many("input_files", "file names");
        InputFilePatterns = Many("input_file_regexes", "regular expressions");
        OutputFiles = Many("output_files", "file names");
        OutputFilePatterns = Many("output_file_regexes", "regular expressions");
        InputDatasets = Many("input_datasets", "names of datasets");
        OutputDatasets = Many("output_datasets", "names of datasets");
        InputData = Many("input_user_data", "names of user data");
        InputDataPatterns = Many("input_user_data_regexes", "regular expressions");
        OutputData = Many("output_user_data", "names of user data");
        OutputDataPatterns = Many("output_user_data_regexes", "regular expressions");
        ReadRequirements(suggestions);
    }

    public SpecObject Source { get; }

    public ParameterSpace Parameters { get; }

    /// <summary>Null, and a problem was told, if there is none; so it is with the command.</summary>
    public TextTemplate? Name { get; }

    public TextTemplate? Command { get; }

    public TextTemplate? InvocationScript { get; }

    public TextTemplate? FailureHandler { get; }

    public TextTemplate? Scheduler { get; }

    public TextTemplate? Label { get; }

    /// <summary>The name of requirements; null if the job names none.</summary>
    public TextTemplate? RequirementsName { get; private set; }

    /// <summary>What the job writes in place of a name; null if it does not.</summary>
    public ResourceRequirements? OwnRequirements { get; private set; }

    public int Priority { get; }

    public bool CancelOnBlockingJobFailure { get; }

    public OnLost OnLost { get; }

    public EnvTemplate Env { get; }

    public IReadOnlyList<TextTemplate> DependsOn { get; }

    public IReadOnlyList<TextTemplate> DependsOnPatterns { get; }

    public IReadOnlyList<TextTemplate> InputFiles { get; }

    public IReadOnlyList<TextTemplate> InputFilePatterns { get; }

    public IReadOnlyList<TextTemplate> OutputFiles { get; }

    public IReadOnlyList<TextTemplate> OutputFilePatterns { get; }

    public IReadOnlyList<TextTemplate> InputDatasets { get; }

    public IReadOnlyList<TextTemplate> OutputDatasets { get; }

    public IReadOnlyList<TextTemplate> InputData { get; }

    public IReadOnlyList<TextTemplate> InputDataPatterns { get; }

    public IReadOnlyList<TextTemplate> OutputData { get; }

    public IReadOnlyList<TextTemplate> OutputDataPatterns { get; }

    /// <param name="source">A job or the workflow.</param>
    /// <returns>Null if it does not say.</returns>
    public static OnLost? ReadOnLost(SpecObject source, Suggestions suggestions) => source.Choice("on_lost", suggestions, "hold", "rerun") switch
    {
        "rerun" => Jobs.OnLost.Rerun,
        "hold" => Jobs.OnLost.Hold,
        _ => null,
    };

    /// <summary>What two copies of one name must have alike, each with its key; what may differ is united.</summary>
    public IEnumerable<(string Key, TextTemplate Template)> Alike()
    {
        (string Key, TextTemplate? Template)[] single =
        [
            ("command", Command), ("invocation_script", InvocationScript), ("resource_requirements", RequirementsName), ("failure_handler", FailureHandler),
            ("scheduler", Scheduler), ("label", Label),
        ];
        (string Key, IReadOnlyList<TextTemplate> Templates)[] lists =
        [
            ("output_files", OutputFiles), ("output_file_regexes", OutputFilePatterns), ("output_datasets", OutputDatasets),
            ("input_user_data", InputData), ("input_user_data_regexes", InputDataPatterns),
            ("output_user_data", OutputData), ("output_user_data_regexes", OutputDataPatterns), ("env", Env.Values),
        ];
        return single.Where(one => one.Template is not null).Select(one => (one.Key, one.Template!))
            .Concat(lists.SelectMany(list => list.Templates.Select(template => (list.Key, template))));
    }

    /// <summary>The path of what stands at a place: one of some lists, or else a command with a reference in it.</summary>
    public SpecPath PathOf(TextSpan at, params ReadOnlySpan<IReadOnlyList<TextTemplate>> lists)
    {
        foreach (var list in lists)
        {
            foreach (var template in list)
            {
                if (template.At == at)
                {
                    return template.Path;
                }
            }
        }

        return new[] { Command, InvocationScript }.FirstOrDefault(command => command is not null && command.At.Start <= at.Start && at.End <= command.At.End)?.Path ?? Source.Path;
    }

    private TextTemplate? Required(string key) => Source.RequireText(key) is { } scalar ? Template(scalar, Source.Path[key]) : null;

    private TextTemplate? Optional(string key) => Source.FindText(key) is { } scalar ? Template(scalar, Source.Path[key]) : null;

    private IReadOnlyList<TextTemplate> Many(string key, string of) =>
        Source.Find(key) is null ? [] : [.. Source.Texts(key, of).Select(item => Template(item.Value, item.Path))];

    private TextTemplate Template(SpecNode.Scalar scalar, SpecPath path) => TextTemplate.Parse(Source.Problems, scalar, path, Parameters);

    private void ReadRequirements(Suggestions suggestions)
    {
        var path = Source.Path["resource_requirements"];
        switch (Source.Find("resource_requirements"))
        {
            case null:
                break;
            case SpecNode.Scalar { Kind: ScalarKind.Text } name:
                RequirementsName = Template(name, path);
                break;
            case SpecNode.Mapping own:
                var requirements = new SpecObject(Source.Problems, own, path, $"resource_requirements of {Source.What}");
                OwnRequirements = RequirementsBinder.BindOwn(requirements, suggestions);
                break;
            case var other:
                Source.WrongKind(other, path, "resource_requirements", "a name or an object");
                break;
        }
    }
}
