using Torc.Tests.Support;

namespace Torc.Tests.EndToEnd;

/// <summary>What runs at a site: each is a command line, without the arguments.</summary>
internal sealed record Programs(IReadOnlyList<string> Server, IReadOnlyList<string> Torc)
{
    /// <summary>As the ordinary build leaves them: both run on .NET.</summary>
    public static Programs Built { get; } = new(["dotnet", Repository.Server], ["dotnet", Repository.Torc]);

    /// <summary>
    /// What runs where a test is not about the programs themselves: the native torc, where there is one of these sources. Tests start it
    /// hundreds of times, and on .NET each start takes a second of a CPU.
    /// </summary>
    public static Programs Usual => NativeInstallation.IsThere ? NativeInstallation.OfAll.Programs : Built;
}
