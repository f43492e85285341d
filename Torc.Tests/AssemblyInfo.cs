using System.Runtime.Versioning;

// The agent's part of the tests starts real processes, as the agent does.
[assembly: SupportedOSPlatform("linux")]
