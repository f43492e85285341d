namespace Torc.Web.Data;

/// <summary>SQLite's result codes, as far as they mean something to us.</summary>
internal static class SqliteCodes
{
    public const int Busy = 5;
    public const int Locked = 6;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;

    /// <summary>An extended code.</summary>
    public const int NotUnique = 2067;
}
