using Torc.Tests.Support;

namespace Torc.Tests.EndToEnd;

/// <summary>What runs at a site: each is a command line, without the arguments.</summary>
internal sealed record Programs(IReadOnlyList<string> Server, IReadOnlyList<string> Torc)
{
    /// <summary>As the ordinary build leaves them: both run on .NET.</summary>
    public static Programs Built { get; } = new(["dotnet", Repository.Server], ["dotnet", Repository.Torc]);
}
