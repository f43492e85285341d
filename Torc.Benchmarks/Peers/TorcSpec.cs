using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Torc.Benchmarks.Peers;

/// <summary>A workload as a spec, job by job.</summary>
internal static class TorcSpec
{
    /// <returns>JSON.</returns>
    public static byte[] Of(Workload workload)
    {
        var jobs = new JsonArray();
        foreach (var job in workload.Jobs)
        {
            var entry = new JsonObject { ["name"] = job.Name, ["command"] = job.Command };
            if (job.After is { } after)
            {
                entry["depends_on"] = new JsonArray(after);
            }

            if (job.Inputs.Count > 0)
            {
                entry["input_files"] = new JsonArray([.. job.Inputs.Select(file => JsonValue.Create(file))]);
            }

            if (job.Output is { } output)
            {
                entry["output_files"] = new JsonArray(output);
            }

            if (job.Runtime > TimeSpan.Zero)
            {
                entry["resource_requirements"] = Class(job);
            }

            jobs.Add(entry);
        }

        var spec = new JsonObject
        {
            ["name"] = workload.Name,
            ["jobs"] = jobs,
            ["files"] = new JsonArray([.. workload.Jobs.Select(job => job.Output).OfType<string>().Select(file => new JsonObject { ["name"] = file, ["path"] = file })]),
            ["resource_requirements"] = new JsonArray([.. workload.Jobs.Where(job => job.Runtime > TimeSpan.Zero).DistinctBy(Class).Select(job => new JsonObject
            {
                ["name"] = Class(job),
                ["num_cpus"] = job.Cpus,
                ["memory"] = "16m",
                // Twice what it takes: a limit, and told to nobody else.
                ["runtime"] = string.Create(CultureInfo.InvariantCulture, $"PT{job.Runtime.TotalSeconds * 2}S"),
            })]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(spec);
    }

    private static string Class(PeerJob job) => string.Create(CultureInfo.InvariantCulture, $"c{job.Cpus}_{job.Runtime.TotalMilliseconds}");
}
