namespace Torc.Fuzz;

/// <summary>All readers that are fuzzed.</summary>
internal static class FuzzTargets
{
    private static readonly string[] Keys =
    [
        "name", "jobs", "command", "files", "path", "user_data", "data", "is_ephemeral", "env", "parameters", "parameter_mode", "use_parameters", "variables",
        "resource_requirements", "num_cpus", "memory", "runtime", "num_gpus", "num_nodes", "depends_on", "depends_on_regexes", "input_files", "input_file_regexes",
        "output_files", "output_file_regexes", "input_user_data", "output_user_data", "invocation_script", "failure_handlers", "failure_handler", "rules",
        "exit_codes", "actions", "trigger_type", "action_type", "commands", "slurm_schedulers", "account", "scheduler", "resource_monitor", "granularity",
        "metadata", "tags", "priority", "cancel_on_blocking_job_failure",
    ];

    private static readonly string[] Values =
    [
        "1:3", "0:1:0.25", "3:1:-1", "{i}", "{i:03d}", "{x:.2f}", "${files.input.a}", "${files.output.b}", "${user_data.input.c}", "zip", "product", "4g", "PT1H", "1h30m",
        "-1", "0", "1e3", "1e309", "-0", "0x10", "007", "1_000", "99999999999999999999", "9223372036854775807", ".5", "true", "false", "null", "^a.*b$", "(a+)+$",
        "..", "con", "é", "e\u0301", "\u202E", "\u200B", "\u2028", "\u0085", "\uFEFF", "😀", "\0", "\r\n", "\t", " ",
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("json", bytes => SpecCheck.Check(bytes, "fuzz.json"), [.. Keys.Select(key => $"\"{key}\": "), .. Values, "{", "}", "[", "]", ",", ":", "\"", "\\u0041", "\\ud83d\\ude00", "\\n"]),
        new("json5", bytes => SpecCheck.Check(bytes, "fuzz.json5"), [.. Keys.Select(key => $"{key}: "), .. Values, "{", "}", "[", "]", ",", "'", "\"", "//", "/*", "*/", "\\\n", "\\x41", "+", "Infinity", "NaN"]),
        new("yaml", bytes => SpecCheck.Check(bytes, "fuzz.yaml"), [.. Keys.Select(key => $"\n{key}: "), .. Values, "\n- ", "\n  ", ": ", "? ", "&a ", "*a", "<<: ", "|\n", ">-\n", "|2+\n", "---\n", "...\n", "!!str ", "%YAML 1.2\n", "'", "\"", "[", "]", "{", "}", "# "]),
        new("kdl", bytes => SpecCheck.Check(bytes, "fuzz.kdl"), [.. Keys.Select(key => $"\n{key} "), .. Values, "job ", "file ", "{", "}", ";", "=", "\"", "#\"", "\"#", "\"\"\"\n", "#true", "#null", "#inf", "/-", "/*", "*/", "//", "\\\n", "(u8)", "r\"", "0b11", "0o7"]),
        new("commands", bytes => SpecCheck.Check(bytes, "fuzz.txt"), [.. Values, "\n", "# ", "echo ", "\\", "'", "\""]),
        new("memory", TextChecks.Memory, ["k", "m", "g", "t", "i", "b", "K", "B", ".", "0", "9", "-", "+", "e", " ", "_", "9223372036854775807", "0.0001", "٣"]),
        new("duration", TextChecks.Duration, ["P", "T", "D", "H", "M", "S", "W", "Y", "d", "h", "m", "s", "ms", ":", "-", ".", "0", "9", " ", "00:00:01", "99999999", "0.5", "٣"]),
        new("parameters", TextChecks.Parameters, [":", ",", "[", "]", "{", "}", "'", "\"", "-", ".", "e", "0", "9", "1:10", "0.1", "-1", "1e28", "1e-28", "79228162514264337593543950335", "9223372036854775807", "@", " "]),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
