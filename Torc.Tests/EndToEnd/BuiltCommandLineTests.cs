namespace Torc.Tests.EndToEnd;

/// <summary>The command line on .NET.</summary>
public sealed class BuiltCommandLineTests : CommandLineTests
{
    private protected override Programs Programs => Programs.Built;
}
