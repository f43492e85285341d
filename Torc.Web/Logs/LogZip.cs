using System.Globalization;
using System.IO.Compression;
using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Web.Logs;

/// <summary>Logs of many jobs as one zip, which is made while it is sent.</summary>
internal sealed class LogZip(LogDesk desk)
{
    /// <summary>A person opens it with an editor.</summary>
    private const int MostJobs = 1_000;

    private static readonly MemorySize MostOfALog = MemorySize.Mebibytes(64);
    private static readonly MemorySize MostTogether = MemorySize.Gibibytes(1);

    /// <summary>Writes a file for each log that has something in it, and at last one that says what is not there and why.</summary>
    public async Task WriteAsync(WorkflowView workflow, IReadOnlyList<JobView> jobs, Stream destination, CancellationToken cancel)
    {
        await using var sent = new SendingStream(destination);
        var notes = new StringBuilder();
        notes.Append(CultureInfo.InvariantCulture, $"Logs of {jobs.Count} jobs of workflow {workflow.Id} ({Plain(workflow.Name)}), run {workflow.Run}.\n\n");
        await using (var zip = await ZipArchive.CreateAsync(sent, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
        {
            long left = MostTogether.Bytes;
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var job in jobs.Take(MostJobs))
            {
                string name = SafeName.Of(job.Name);
                name = names.Add(name) ? name : $"{name}~{job.Id}";
                names.Add(name);
                foreach (var stream in new[] { LogStream.Stderr, LogStream.Stdout })
                {
                    left -= await AddAsync(zip, job, stream, $"{name}.{Number(job.Attempt)}.{(stream == LogStream.Stdout ? "stdout" : "stderr")}.log", left, notes, cancel);
                }
            }

            if (jobs.Count > MostJobs)
            {
                notes.Append(CultureInfo.InvariantCulture, $"Only the first {MostJobs} jobs are here, of {jobs.Count}.\n");
            }

            await using var about = await zip.CreateEntry("about.txt").OpenAsync(cancel);
            await about.WriteAsync(Encoding.UTF8.GetBytes(notes.ToString()), cancel);
        }

        await sent.FlushAsync(cancel);
    }

    /// <returns>How many bytes were added.</returns>
    private async Task<long> AddAsync(ZipArchive zip, JobView job, LogStream stream, string name, long left, StringBuilder notes, CancellationToken cancel)
    {
        if (left <= 0)
        {
            notes.Append(CultureInfo.InvariantCulture, $"{name}: left out, since the logs before it have {MostTogether} together.\n");
            return 0;
        }

        long most = Math.Min(MostOfALog.Bytes, left);
        var log = await LogCopy.OpenAsync(desk, new AttemptId(job.Id, job.Attempt), stream, most, cancel);
        if (log.Missing is { } why)
        {
            notes.Append(CultureInfo.InvariantCulture, $"{name}: missing. {why}\n");
            return 0;
        }

        if (log.TotalLength == 0)
        {
            notes.Append(CultureInfo.InvariantCulture, $"{name}: left out, since it is empty.\n");
            return 0;
        }

        if (log.TotalLength > most)
        {
            notes.Append(CultureInfo.InvariantCulture, $"{name}: only its end, {new MemorySize(most)} of {new MemorySize(log.TotalLength)}.\n");
        }

        if (log.Gap is { } gap)
        {
            notes.Append(CultureInfo.InvariantCulture, $"{name}: {gap.Words}\n");
        }

        await using var entry = await zip.CreateEntry(name).OpenAsync(cancel);
        try
        {
            await log.WriteAsync(entry, cancel);
        }
        catch (IOException lost) when (!cancel.IsCancellationRequested)
        {
            notes.Append(CultureInfo.InvariantCulture, $"{name}: not whole. {lost.Message}\n");
        }

        return log.Length;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)));
}
