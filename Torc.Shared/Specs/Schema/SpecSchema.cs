namespace Torc.Shared.Specs.Schema;

/// <summary>
/// Every object and every key of a spec. What the reader allows, the JSON Schema that editors use, the manual and the order
/// in which keys are written all come from here.
/// </summary>
internal static class SpecSchema
{
    private static readonly SpecShape Names = new SpecShape.List(new SpecShape.Name());
    private static readonly SpecShape Patterns = new SpecShape.List(new SpecShape.Text("regular expression"));
    private static readonly SpecShape Command = new SpecShape.Text("shell command");
    private static readonly SpecShape NotNegative = new SpecShape.Whole(int.MinValue, int.MaxValue, new WholeDoubt(0, int.MaxValue, "nothing can take less than no time"));
    private static readonly SpecShape Positive = new SpecShape.Whole(int.MinValue, int.MaxValue, new WholeDoubt(1, int.MaxValue, "nothing comes of it"));
    private static readonly SpecShape SampleInterval = new SpecShape.Whole(1, int.MaxValue);

    private static readonly SpecField[] Parameterized =
    [
        new(
            "parameters", new SpecShape.Map(new SpecShape.ParameterValues()),
            "Makes a copy for each combination of values, in place of those that `use_parameters` takes", "{i: \"1:3\", mode: [fast, slow]}"),
        new(
            "parameter_mode", new SpecShape.Choice("product", "zip"),
            "`product` combines every value with every other; `zip` takes the first of each, then the second of each", "product", "product"),
        new("use_parameters", new SpecShape.List(new SpecShape.Name("name of a parameter")), "The workflow's parameters that make copies", "[seed]"),
    ];

    public static SpecObjectKind Requirements { get; } = new(
        "resource_requirements", "resource_requirements[]", "What jobs of one class need from a compute node for as long as they run.",
        [
            new("name", new SpecShape.Name(), "What jobs call it", "large") { IsRequired = true },
            new("num_cpus", new SpecShape.Whole(1, int.MaxValue), "CPUs", "18") { IsRequired = true },
            new("memory", new SpecShape.Amount("memory", "^[0-9]+(\\.[0-9]+)? ?([kmgtKMGT]i?)?[bB]?$"), "Memory", "64g") { IsRequired = true },
            new("num_gpus", new SpecShape.Whole(0, int.MaxValue), "GPUs", "1", "0"),
            new("num_nodes", new SpecShape.Whole(1, int.MaxValue), "Compute nodes", "1", "1"),
            new("runtime", new SpecShape.Amount("duration", "^[0-9A-Za-z:. -]+$"), "The longest that such a job runs", "24h", "PT1H"),
            new("step_nodes", new SpecShape.Whole(1, int.MaxValue), "Nodes of one step, in other versions", "1") { Use = SpecFieldUse.Kept },
        ]);

    public static SpecObjectKind Stdio { get; } = new(
        "stdio", "jobs[].stdio", "What is kept of what a job writes.",
        [
            new("mode", new SpecShape.Choice("separate", "combined", "no_stdout", "no_stderr", "none"), "Which streams are kept, and in how many files", "separate", "separate"),
            new("delete_on_success", new SpecShape.Flag(), "Whether they go when the job ends well", "true", "false"),
        ]);

    public static SpecObjectKind Job { get; } = new(
        "job", "jobs[]", "One command.",
        [
            new("name", new SpecShape.Name(), "What the job is called; no other job is called so", "work1") { IsRequired = true },
            new("command", Command, "Run by a shell in the working directory; at most 128 KiB", "sh work.sh ${files.input.f1} ${files.output.f3}") { IsRequired = true },
            new("invocation_script", Command, "Runs the command, which it gets as its arguments", "./with-modules.sh"),
            new(
                "resource_requirements", new SpecShape.NameOrObject(Requirements), "A class of `resource_requirements`, or an object of its own", "large",
                "1 CPU, no memory reserved, 1 hour"),
            new("failure_handler", new SpecShape.Name(), "Which of `failure_handlers` looks at its failures", "again"),
            new("scheduler", new SpecShape.Name(), "Which of `slurm_schedulers` it is for: it runs on nodes of that one (`torc agent --scheduler`) and on nodes of none", "short"),
            new("depends_on", Names, "Jobs to wait for, whatever the files say", "[preprocess]"),
            new("depends_on_regexes", Patterns, "The same, for every other job whose name matches", "[\"^prep\"]"),
            new("input_files", Names, "Files that it needs", "[f1]"),
            new("input_file_regexes", Patterns, "The same, for every file whose name matches and that it does not produce itself", "[\"^f[12]$\"]"),
            new("output_files", Names, "Files that it produces", "[f3]"),
            new("output_file_regexes", Patterns, "The same, for every file whose name matches", "[\"^f3$\"]"),
            new("input_datasets", Names, "Datasets that it needs", "[parts]"),
            new("output_datasets", Names, "Datasets that it produces, alone or with other jobs", "[parts]"),
            new("input_user_data", Names, "User data that it needs", "[settings]"),
            new("input_user_data_regexes", Patterns, "The same, for all whose name matches and that it does not produce itself", "[\"^sett\"]"),
            new("output_user_data", Names, "User data that it produces", "[result]"),
            new("output_user_data_regexes", Patterns, "The same, for all whose name matches", "[\"^result$\"]"),
            .. Parameterized,
            new(
                "cancel_on_blocking_job_failure", new SpecShape.Flag(), "Whether the job is canceled when one that it waits for ends badly; if not, it runs", "false",
                "true"),
            new("supports_termination", new SpecShape.Flag(), "Whether it ends by itself when it is asked to", "true", "false") { Use = SpecFieldUse.NotYet },
            new("priority", new SpecShape.Whole(int.MinValue, int.MaxValue), "Higher goes first", "10", "0"),
            new("env", new SpecShape.Map(new SpecShape.Plain()), "Added to its environment; wins over the workflow's", "{LEVEL: debug}"),
            new("label", new SpecShape.Text(), "Runs only on compute nodes with this label (`torc agent --label`)", "bigmem"),
            new("stdio", new SpecShape.Object(Stdio), "What is kept of what it writes", "{mode: combined}") { Use = SpecFieldUse.NotYet },
            new("on_lost", new SpecShape.Choice("hold", "rerun"), "What happens when its node can no longer be heard: `hold` waits for it, `rerun` gives the job to another node after half an hour", "rerun", "hold"),
        ]);

    public static SpecObjectKind File { get; } = new(
        "file", "files[]", "A file that jobs need or produce.",
        [
            new("name", new SpecShape.Name(), "What jobs call it", "f1") { IsRequired = true },
            new("path", new SpecShape.Text("path"), "Relative to the working directory, or absolute", "data/f1.json") { IsRequired = true },
            .. Parameterized,
            new("identifier", new SpecShape.Text(), "A lasting name of the file in the world, such as a DOI", "\"doi:10.1000/182\"") { Use = SpecFieldUse.Kept },
            new("st_mtime", new SpecShape.Anything(), "When the file was written, in seconds since 1970; Torc looks for itself", "1700000000.5") { Use = SpecFieldUse.Kept },
        ]);

    public static SpecObjectKind Dataset { get; } = new(
        "dataset", "datasets[]", "A folder, or a set of files, that several jobs may produce together. Every job that produces it goes before every job that needs it.",
        [
            new("name", new SpecShape.Name(), "What jobs call it", "parts") { IsRequired = true },
            new("path", new SpecShape.Text("path"), "Relative to the working directory, or absolute", "out/parts") { IsRequired = true },
            .. Parameterized,
            new("hash_mode", new SpecShape.Text(), "How other versions tell whether it has changed", "manifest") { Use = SpecFieldUse.Kept },
            new("description", new SpecShape.Text(), "What it is", "Parts of the table.") { Use = SpecFieldUse.Kept },
        ]);

    public static SpecObjectKind UserData { get; } = new(
        "user_data", "user_data[]", "A JSON value in the store that jobs need or produce.",
        [
            new("name", new SpecShape.Name(), "What jobs call it; without one, no job can", "settings"),
            new("data", new SpecShape.Anything(), "Its first value", "{tolerance: 0.5}"),
            new("is_ephemeral", new SpecShape.Flag(), "Whether the value is cleared when a run starts", "true", "false"),
            .. Parameterized,
        ]);

    public static SpecObjectKind FailureRule { get; } = new(
        "failure_rule", "failure_handlers[].rules[]", "What is done about some exit codes.",
        [
            new("exit_codes", new SpecShape.List(new SpecShape.Whole(int.MinValue, int.MaxValue, new WholeDoubt(0, 255, "no command ends with it"))), "Those that it is for", "[10, 11]", "none"),
            new("match_all_exit_codes", new SpecShape.Flag(), "Whether it is for every failure whose exit code no rule names", "true", "false"),
            new("recovery_script", Command, "Runs before the command of the next attempt, which starts if it ends with 0", "./clean.sh"),
            new("max_retries", new SpecShape.Whole(int.MinValue, int.MaxValue, new WholeDoubt(0, int.MaxValue, "nothing comes of it")), "Attempts after the first, in one run", "2", "3"),
        ]);

    public static SpecObjectKind FailureHandler { get; } = new(
        "failure_handler", "failure_handlers[]", "What is done when a job fails.",
        [
            new("name", new SpecShape.Name(), "What jobs call it", "again") { IsRequired = true },
            new("rules", new SpecShape.List(new SpecShape.Object(FailureRule)), "The first that names the exit code, or else the first that is for every failure", "[{exit_codes: [10], max_retries: 2}]") { IsRequired = true },
        ]);

    public static SpecObjectKind Scheduler { get; } = new(
        "slurm_scheduler", "slurm_schedulers[]", "How nodes are asked of Slurm.",
        [
            new("account", new SpecShape.Text(), "Who pays", "physics") { IsRequired = true },
            new("name", new SpecShape.Name(), "What jobs and actions call it", "short"),
            new("nodes", Positive, "Nodes of one allocation", "2", "1"),
            new("walltime", new SpecShape.Text("time, as sbatch has it"), "How long an allocation lasts", "04:00:00", "01:00:00"),
            new("partition", new SpecShape.Text(), "As sbatch has it", "debug"),
            new("qos", new SpecShape.Text(), "As sbatch has it", "high"),
            new("mem", new SpecShape.Text(), "Memory of a node, as sbatch has it", "180G"),
            new("gres", new SpecShape.Text(), "As sbatch has it", "\"gpu:2\""),
            new("tmp", new SpecShape.Text(), "Space on the node's own disk, as sbatch has it", "100G"),
            new("ntasks_per_node", Positive, "As sbatch has it", "1"),
            new("extra", new SpecShape.Text(), "More options of sbatch", "--exclusive"),
            new("serialize_allocations", new SpecShape.Flag(), "Whether other versions ask for one allocation after the other", "true", "false"),
        ]);

    public static SpecObjectKind Action { get; } = new(
        "action", "actions[]", "Something that is done when something happens.",
        [
            new(
                "trigger_type",
                new SpecShape.Choice("on_workflow_start", "on_workflow_complete", "on_jobs_ready", "on_jobs_complete", "on_worker_start", "on_worker_complete"),
                "What happens", "on_workflow_start") { IsRequired = true },
            new("action_type", new SpecShape.Choice("run_commands", "schedule_nodes"), "What is done; `schedule_nodes` comes with Slurm and has no effect in this version", "run_commands") { IsRequired = true },
            new("jobs", Names, "The jobs that `on_jobs_ready` and `on_jobs_complete` are about", "[work1]"),
            new("job_name_regexes", Patterns, "The same, for every job whose name matches", "[\"^work\"]"),
            new("commands", new SpecShape.List(Command), "What `run_commands` runs, one after the other, up to the first that fails", "[mkdir -p data]"),
            new("scheduler", new SpecShape.Name(), "Which of `slurm_schedulers` is asked by `schedule_nodes`", "short"),
            new("scheduler_type", new SpecShape.Text(), "What kind of scheduler that is", "slurm"),
            new("num_allocations", Positive, "How many allocations are asked for", "2", "1"),
            new("start_one_worker_per_node", new SpecShape.Flag(), "Whether each node of an allocation gets an agent of its own", "true", "false"),
            new("max_parallel_jobs", Positive, "How many jobs such an agent runs at once", "4"),
            new("persistent", new SpecShape.Flag(), "Has no meaning here, since an action is done once in every run; refused for `on_worker_start` and `on_worker_complete`", "true", "false"),
        ]);

    public static SpecObjectKind MonitorPart { get; } = new(
        "monitor_part", "resource_monitor.jobs", "How the use of CPU and memory is recorded for one kind of things.",
        [
            new("enabled", new SpecShape.Flag(), "Whether points over time are kept", "true", "false"),
            new("granularity", new SpecShape.Choice("summary", "time_series"), "`summary` keeps no points over time", "time_series", "time_series"),
            new("sample_interval_seconds", SampleInterval, "How often a point is kept", "5", "that of `resource_monitor`"),
        ])
    {
        AllowsMore = true,
    };

    public static SpecObjectKind Monitor { get; } = new(
        "resource_monitor", "resource_monitor", "How the use of CPU and memory is recorded. Peaks and means are kept in any case.",
        [
            new("enabled", new SpecShape.Flag(), "Whether points over time are kept", "true", "false, and true where there is no `resource_monitor`"),
            new("granularity", new SpecShape.Choice("summary", "time_series"), "`summary` keeps no points over time", "time_series", "time_series"),
            new("sample_interval_seconds", SampleInterval, "How often a point is kept", "5", "1"),
            new("jobs", new SpecShape.Object(MonitorPart), "The same for jobs alone; takes the place of what stands beside it", "{enabled: true, granularity: time_series}"),
            new("compute_node", new SpecShape.Object(MonitorPart), "The same for compute nodes, in other versions", "{enabled: true}") { Use = SpecFieldUse.Kept },
            new("flush_interval_seconds", Positive, "How often other versions write the points to disk", "300") { Use = SpecFieldUse.Kept },
            new("generate_plots", new SpecShape.Flag(), "Has no meaning here: charts are always there", "false", "false") { Use = SpecFieldUse.Kept },
        ])
    {
        AllowsMore = true,
    };

    public static SpecObjectKind Workflow { get; } = new(
        "workflow", "", "Names the workflow, and holds everything else.",
        [
            new("name", new SpecShape.Name(), "What the workflow is called", "diamond") { IsRequired = true },
            new("user", new SpecShape.Text(), "Whose it is", "jdoe"),
            new("description", new SpecShape.Text(), "What it is for", "Compares two models."),
            new("project", new SpecShape.Text(), "What it belongs to", "climate"),
            new("metadata", new SpecShape.ObjectOrText(), "What else there is to say", "{team: blue}") { Use = SpecFieldUse.Kept },
            new("tags", new SpecShape.List(new SpecShape.Text("tag")), "Words to find it by", "[nightly]") { Use = SpecFieldUse.Kept },
            new("parameters", new SpecShape.Map(new SpecShape.ParameterValues()), "Parameters for those objects that name them in `use_parameters`", "{seed: \"1:5\"}"),
            new("variables", new SpecShape.Map(new SpecShape.Plain()), "Constants: `{NAME}` stands for the value in every text of the document", "{root: data}"),
            new("env", new SpecShape.Map(new SpecShape.Plain()), "Added to the environment of every job", "{LEVEL: info}"),
            new("jobs", new SpecShape.List(new SpecShape.Object(Job)), "The jobs; may be empty", "[{name: hello, command: echo hello}]") { IsRequired = true },
            new("files", new SpecShape.List(new SpecShape.Object(File)), "The files that jobs need and produce", "[{name: f1, path: f1.json}]"),
            new("datasets", new SpecShape.List(new SpecShape.Object(Dataset)), "Folders or sets of files that several jobs may produce together", "[{name: parts, path: out/parts}]"),
            new("user_data", new SpecShape.List(new SpecShape.Object(UserData)), "The JSON values that jobs need and produce", "[{name: settings, data: {tolerance: 0.5}}]"),
            new("resource_requirements", new SpecShape.List(new SpecShape.Object(Requirements)), "Classes of jobs", "[{name: small, num_cpus: 1, memory: 1g}]"),
            new("failure_handlers", new SpecShape.List(new SpecShape.Object(FailureHandler)), "What is done when jobs fail", "[{name: again, rules: [{match_all_exit_codes: true}]}]") { Use = SpecFieldUse.Checked },
            new("slurm_schedulers", new SpecShape.List(new SpecShape.Object(Scheduler)), "How nodes are asked of Slurm", "[{name: short, account: physics}]") { Use = SpecFieldUse.NotYet },
            new(
                "slurm_defaults", new SpecShape.Map(new SpecShape.Anything()),
                "Long options of sbatch for every allocation; not `partition`, `nodes`, `walltime`, `time`, `mem`, `gres`, `name`, `job-name`", "{mail-type: END}") { Use = SpecFieldUse.NotYet },
            new("resource_monitor", new SpecShape.Object(Monitor), "How the use of CPU and memory is recorded", "{enabled: true}"),
            new("actions", new SpecShape.List(new SpecShape.Object(Action)), "What is done when something happens", "[{trigger_type: on_workflow_start, action_type: run_commands, commands: [mkdir -p data]}]") { Use = SpecFieldUse.Checked },
            new("on_lost", new SpecShape.Choice("hold", "rerun"), "What happens to jobs whose node can no longer be heard, where they do not say it themselves", "rerun", "hold"),
            new("recovery", new SpecShape.Choice("off", "auto"), "Whether jobs are tried again with more memory or time when that was too little", "auto", "off"),
            new("early_cutoff", new SpecShape.Flag(), "Whether a rerun stops where files come out as they were", "true", "false"),
            new("use_pending_failed", new SpecShape.Flag(), "Whether failed jobs wait for somebody to decide", "true", "false"),
            new(
                "jobs_sort_method", new SpecShape.Choice("none", "gpus_runtime_memory", "gpus_memory_runtime"),
                "What of ready jobs of one priority is compared first; then goes the one with the longest remaining path, the larger one, the one that was submitted first", "none",
                "gpus_runtime_memory"),
            new("compute_node_expiration_buffer_seconds", NotNegative, "How long before the end of its allocation an agent starts nothing more", "120", "60") { Use = SpecFieldUse.NotYet },
            new("compute_node_wait_for_new_jobs_seconds", NotNegative, "How long an agent in an allocation waits for jobs", "30", "90") { Use = SpecFieldUse.NotYet },
            new("compute_node_ignore_workflow_completion", new SpecShape.Flag(), "Whether an allocation is kept when the workflow has ended", "true", "false") { Use = SpecFieldUse.NotYet },
            new("compute_node_wait_for_healthy_database_minutes", NotNegative, "How long an agent waits for a server that is away", "5", "20") { Use = SpecFieldUse.NotYet },
            new("execution_config", new SpecShape.Map(new SpecShape.Anything()), "How other versions start jobs; Torc has its own way", "{mode: auto}") { Use = SpecFieldUse.NotYet },
            new("limit_resources", new SpecShape.Flag(), "Whether other versions hold jobs to their requirements", "true", "true") { Use = SpecFieldUse.Kept },
            new("use_srun", new SpecShape.Flag(), "Whether other versions start jobs by srun", "true", "false") { Use = SpecFieldUse.Kept },
            new("srun_termination_signal", new SpecShape.Text(), "With which signal, and how long before the end, other versions let srun warn jobs", "TERM@120") { Use = SpecFieldUse.Kept },
            new("enable_cpu_bind", new SpecShape.Flag(), "Whether other versions bind jobs to CPUs by srun", "false", "false") { Use = SpecFieldUse.Kept },
            new("enable_ro_crate", new SpecShape.Flag(), "Whether other versions describe the files as an RO-Crate", "false", "false") { Use = SpecFieldUse.Kept },
            new("access_groups", Names, "With whom other versions share the workflow", "[data-team]") { Use = SpecFieldUse.NotYet },
            new("dynamic_jobs", new SpecShape.Map(new SpecShape.Anything()), "How jobs of other versions add jobs", "{max_iterations: 3}") { Use = SpecFieldUse.NotYet },
            new(
                "x_layout", new SpecShape.Map(new SpecShape.List(new SpecShape.Whole(int.MinValue, int.MaxValue))),
                "Where the editor draws things: how far to the right and down, by their kind and name", "{job/work1: [120, 60]}") { Use = SpecFieldUse.Kept },
        ]);

    /// <summary>All kinds of objects, from the document inwards.</summary>
    public static IReadOnlyList<SpecObjectKind> All { get; } =
        [Workflow, Job, File, Dataset, UserData, Requirements, FailureHandler, FailureRule, Scheduler, Action, Monitor, MonitorPart, Stdio];

    /// <summary>Keys of other versions that take the values of parameters from a file beside the spec, which is not read.</summary>
    public static IReadOnlySet<string> TableKeys { get; } = new HashSet<string> { "parameters_file", "use_parameters_file" };

    /// <summary>Keys that older specs have, and what they are called now.</summary>
    public static IReadOnlyDictionary<string, string> FormerNames { get; } = new Dictionary<string, string>
    {
        ["blocked_by"] = "depends_on",
        ["blocked_by_job_names"] = "depends_on",
        ["blocked_by_job_name_regexes"] = "depends_on_regexes",
        ["input_file_names"] = "input_files",
        ["output_file_names"] = "output_files",
        ["input_user_data_names"] = "input_user_data",
        ["output_user_data_names"] = "output_user_data",
        ["output_data_names"] = "output_user_data",
        ["resource_requirements_name"] = "resource_requirements",
        ["scheduler_name"] = "scheduler",
        ["schedulers"] = "slurm_schedulers",
        ["job_names"] = "jobs",
        ["job_name_regex"] = "job_name_regexes",
        ["slurm_config"] = "execution_config",
    };
}
