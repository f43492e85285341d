namespace Torc.Web.Security;

/// <summary>The server will not start, and the message tells the person who starts it why and what to do.</summary>
internal sealed class StartRefusedException : Exception
{
    /// <summary>The exit code when the database cannot be used: it is a newer Torc's, not a database, or another folder's server has it.</summary>
    public const int DatabaseRefused = 10;

    public StartRefusedException()
    {
    }

    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the process returns: 9 when another server has the data folder, so that whoever only wanted one can use that.</summary>
    public int ExitCode { get; init; } = 1;
}
