namespace Torc.Faults.Sites;

/// <summary>The numbers of the signals that faults are made of, on x64 and arm64.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;
}
