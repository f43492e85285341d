using System.Globalization;

namespace Torc.Shared.Jobs;

/// <summary>
/// Names one start of one job, and is its fencing token: a report about any attempt but the job's newest changes nothing.
/// </summary>
/// <param name="Number">1 for the first start of the job; grows with every start and is never used twice.</param>
public readonly record struct AttemptId(JobId Job, int Number)
{
    /// <summary>Reads what <see cref="ToString"/> writes, such as <c>17.2</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AttemptId attempt)
    {
        int dot = text.IndexOf('.');
        if (dot > 0
            && long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out long job)
            && int.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            attempt = new AttemptId(new JobId(job), number);
            return true;
        }

        attempt = default;
        return false;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Job.Value}.{Number}");
}
