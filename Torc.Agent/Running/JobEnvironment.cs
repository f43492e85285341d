using System.Globalization;
using Torc.Shared.Contracts;

namespace Torc.Agent.Running;

/// <summary>Makes the environment of a job: ours without secrets, what the assignment adds, what Torc tells of itself.</summary>
/// <param name="inherited">Of this process.</param>
/// <param name="agentId">Part of the mark, as two servers may number their attempts alike and use one machine.</param>
/// <param name="programFolder">Goes to the front of PATH, so that jobs can call <c>torc</c>.</param>
/// <param name="dotnetRoot">What <c>torc</c> runs on, if it would not find that by itself.</param>
internal sealed class JobEnvironment(IEnumerable<KeyValuePair<string, string>> inherited, string agentId, string programFolder, string? dotnetRoot)
{
    /// <summary>Every process of an attempt carries this one and the next, unless it took pains to get rid of them.</summary>
    public const string AttemptMark = "TORC_ATTEMPT";

    public const string AgentMark = "TORC_AGENT";

    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly Dictionary<string, string> _base = WithoutSecrets(inherited).ToDictionary(StringComparer.Ordinal);

    /// <summary>Secrets are the server's token in any spelling: a job has the rights of its user, and gets no more from us than a token of its own.</summary>
    public static IEnumerable<KeyValuePair<string, string>> WithoutSecrets(IEnumerable<KeyValuePair<string, string>> environment) =>
        environment.Where(variable => !variable.Key.StartsWith(DataFolder.TokenVariable, StringComparison.Ordinal));

    /// <param name="gpus">The names of those that are the attempt's own.</param>
    /// <param name="logFolder">Where the attempt's output goes.</param>
    /// <param name="progressFile">Where the attempt may write how far it is, such as 3/10.</param>
    public IReadOnlyDictionary<string, string> For(Assignment assignment, IReadOnlyList<string> gpus, string? apiUrl, string logFolder, string progressFile)
    {
        var result = new Dictionary<string, string>(_base, StringComparer.Ordinal);
        string cpus = assignment.Granted.Cpus.ToString(CultureInfo.InvariantCulture);
        result.TryAdd("OMP_NUM_THREADS", cpus);
        result["TORC_OUTPUT_DIR"] = logFolder;
        foreach (var (name, value) in assignment.Env)
        {
            result[name] = value;
        }

        // Whatever the spec says: others have the other ones. Empty, not unset: unset means all of them.
        result["CUDA_VISIBLE_DEVICES"] = string.Join(',', gpus);
        result["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID";
        result.Remove("ROCR_VISIBLE_DEVICES");
        result["PATH"] = $"{programFolder.TrimEnd('/')}:{result.GetValueOrDefault("PATH", DefaultPath)}";
        result["PWD"] = assignment.WorkingDirectory;
        result["TORC_WORKFLOW_ID"] = assignment.Workflow.ToString();
        result["TORC_RUN_ID"] = assignment.Run.ToString(CultureInfo.InvariantCulture);
        result["TORC_JOB_ID"] = assignment.Attempt.Job.ToString();
        result["TORC_JOB_NAME"] = assignment.JobName;
        result["TORC_ATTEMPT_ID"] = assignment.Attempt.Number.ToString(CultureInfo.InvariantCulture);
        result["TORC_PROGRESS_FILE"] = progressFile;
        result[AttemptMark] = assignment.Attempt.ToString();
        result[AgentMark] = agentId;
        result["TORC_CPUS"] = cpus;
        result["TORC_MEMORY_BYTES"] = assignment.Granted.Memory.Bytes.ToString(CultureInfo.InvariantCulture);
        if (assignment.Token is { } token)
        {
            result[DataFolder.TokenVariable] = token;
        }

        if (apiUrl is not null)
        {
            result["TORC_API_URL"] = apiUrl;
        }

        if (dotnetRoot is not null)
        {
            result.TryAdd("DOTNET_ROOT", dotnetRoot);
        }

        return result;
    }
}
