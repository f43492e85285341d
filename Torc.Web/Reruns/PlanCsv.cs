using System.Globalization;
using System.Text;
using Torc.Shared.Contracts;

namespace Torc.Web.Reruns;

/// <summary>Writes a plan as a table that spreadsheets and scripts read (RFC 4180): a line for each job, with the reason that is shown first.</summary>
public static class PlanCsv
{
    public static string Of(RerunPlanView plan)
    {
        var text = new StringBuilder("job,action,reason,sentence,other_reasons,last_took_s,num_cpus,memory_bytes,num_gpus,runtime_s\r\n");
        foreach (var job in plan.Jobs)
        {
            Append(text, job.Name).Append(',');
            text.Append(RerunWords.Name(job.Action)).Append(',').Append(RerunWords.Name(job.Reasons[0].Code)).Append(',');
            Append(text, job.Reasons[0].Sentence).Append(',');
            Append(text, string.Join("; ", job.Reasons.Skip(1).Select(reason => reason.Sentence)));
            text.Append(CultureInfo.InvariantCulture, $",{job.LastTookS},{job.Needs.Cpus},{job.Needs.Memory.Bytes},{job.Needs.Gpus},{job.Needs.Runtime.TotalSeconds}\r\n");
        }

        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, string value) => value.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? text.Append(value)
        : text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
}
