using Torc.Shared.Specs.Schema;

namespace Torc.Shared.Specs.Kdl;

/// <summary>
/// The KDL spelling of a spec, from its schema. Where other notations have a list, a node repeats, and is then called by one of
/// the things: <c>job</c>, <c>input_file</c>. The plural is read too, and so are the names that older files of torc have.
/// </summary>
internal static class KdlShapes
{
    private static readonly Dictionary<string, string[]> OtherNames = new()
    {
        ["jobs"] = ["job", "job_name", "job_names"],
        ["files"] = ["file"],
        ["datasets"] = ["dataset"],
        ["input_datasets"] = ["input_dataset"],
        ["output_datasets"] = ["output_dataset"],
        ["failure_handlers"] = ["failure_handler"],
        ["slurm_schedulers"] = ["slurm_scheduler"],
        ["actions"] = ["action"],
        ["rules"] = ["rule"],
        ["tags"] = ["tag"],
        ["commands"] = ["command"],
        ["exit_codes"] = ["exit_code"],
        ["job_name_regexes"] = ["job_name_regex"],
        ["use_parameters"] = ["use_parameter"],
        ["resource_requirements"] = ["resource_requirements_name"],
        ["scheduler"] = ["scheduler_name"],
        ["depends_on"] = ["depends_on_job", "depends_on_jobs", "blocked_by", "blocked_by_job", "blocked_by_jobs"],
        ["depends_on_regexes"] = ["depends_on_regex"],
        ["input_files"] = ["input_file"],
        ["input_file_regexes"] = ["input_file_regex"],
        ["output_files"] = ["output_file"],
        ["output_file_regexes"] = ["output_file_regex"],
        ["input_user_data_regexes"] = ["input_user_data_regex"],
        ["output_user_data_regexes"] = ["output_user_data_regex"],
    };

    /// <summary>The whole document.</summary>
    public static KdlShape Workflow { get; } = ShapeOf(SpecSchema.Workflow, takesName: false);

    private static KdlShape ShapeOf(SpecObjectKind kind, bool takesName)
    {
        var shape = new KdlShape(takesName, Always: kind == SpecSchema.Workflow ? "jobs" : kind == SpecSchema.FailureHandler ? "rules" : null);
        foreach (var field in kind.Fields)
        {
            // The time that a file had when somebody wrote it down says nothing about the file that a run finds.
            var form = field.Name is "st_mtime" ? new KdlForm.Ignored()
                : field.Name is "data" ? new KdlForm.Json()
                : FormOf(field.Shape);
            shape.Add(form, field.Name, OtherNames.GetValueOrDefault(field.Name, []));
        }

        return shape;
    }

    private static KdlForm FormOf(SpecShape shape) => shape switch
    {
        SpecShape.List { Of: SpecShape.Object item } => new KdlForm.Elements(ShapeOf(item.Kind, takesName: item.Kind.Find("name") is not null)),
        SpecShape.List => new KdlForm.Values(),
        SpecShape.Map { Of: SpecShape.ParameterValues } => new KdlForm.Map(AllowsLists: true),
        SpecShape.Map { Of: SpecShape.Plain } => new KdlForm.Map(),
        SpecShape.Object one => new KdlForm.Single(ShapeOf(one.Kind, takesName: false)),
        SpecShape.NameOrObject either => new KdlForm.ValueOrObject(ShapeOf(either.Kind, takesName: false)),
        SpecShape.Anything or SpecShape.ObjectOrText or SpecShape.Map => new KdlForm.Free(),
        _ => new KdlForm.Value(),
    };
}
