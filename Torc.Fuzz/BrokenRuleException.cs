namespace Torc.Fuzz;

/// <summary>A reader did what it must never do.</summary>
public sealed class BrokenRuleException : Exception
{
    public BrokenRuleException()
    {
    }

    public BrokenRuleException(string message)
        : base(message)
    {
    }

    public BrokenRuleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
