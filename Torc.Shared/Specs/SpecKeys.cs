namespace Torc.Shared.Specs;

/// <summary>The keys of one kind of object.</summary>
/// <param name="Read">Those that this version reads.</param>
/// <param name="Later">Those that specs have and that this version does not read.</param>
internal sealed record SpecKeys(string[] Read, string[] Later)
{
    public static SpecKeys Workflow { get; } = new(
        ["name", "jobs", "user", "description", "project", "env", "files", "user_data", "resource_requirements", "resource_monitor"],
        [
            "metadata", "tags", "parameters", "variables", "failure_handlers", "slurm_schedulers", "slurm_defaults", "actions",
            "use_pending_failed", "jobs_sort_method", "compute_node_expiration_buffer_seconds", "compute_node_wait_for_new_jobs_seconds",
            "compute_node_ignore_workflow_completion", "compute_node_wait_for_healthy_database_minutes", "early_cutoff", "recovery",
        ]);

    public static SpecKeys Job { get; } = new(
        [
            "name", "command", "invocation_script", "resource_requirements", "depends_on", "input_files", "output_files", "input_user_data",
            "output_user_data", "cancel_on_blocking_job_failure", "priority", "env",
        ],
        [
            "failure_handler", "scheduler", "depends_on_regexes", "input_file_regexes", "output_file_regexes", "input_user_data_regexes",
            "output_user_data_regexes", "parameters", "parameter_mode", "use_parameters", "supports_termination", "label", "stdio", "on_lost",
        ]);

    public static SpecKeys File { get; } = new(["name", "path"], ["parameters", "parameter_mode", "use_parameters"]);

    public static SpecKeys UserData { get; } = new(["name", "data", "is_ephemeral"], ["parameters", "parameter_mode", "use_parameters"]);

    public static SpecKeys Requirements { get; } = new(["name", "num_cpus", "memory", "num_gpus", "num_nodes", "runtime"], []);

    public static SpecKeys Monitor { get; } = new(["enabled", "granularity", "sample_interval_seconds"], ["generate_plots"]);
}
