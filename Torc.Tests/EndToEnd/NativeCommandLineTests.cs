using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The command line as machine code.</summary>
public sealed class NativeCommandLineTests(NativeInstallation native) : CommandLineTests, IClassFixture<NativeInstallation>
{
    private protected override Programs Programs => native.Programs;
}
