namespace Torc.Web.Jobs;

/// <summary>What became of a wish about jobs of a workflow.</summary>
public abstract record JobAnswer
{
    private JobAnswer()
    {
    }

    /// <param name="Count">How many jobs it was done to, or would be.</param>
    public sealed record Done(int Count) : JobAnswer;

    /// <summary>There is no such workflow.</summary>
    public sealed record NoWorkflow : JobAnswer;

    public sealed record NoJob(string Name) : JobAnswer;

    /// <param name="Why">In a sentence.</param>
    public sealed record Refused(string Why) : JobAnswer;
}
