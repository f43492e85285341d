using System.Runtime.Versioning;

// /proc, and tools that run there.
[assembly: SupportedOSPlatform("linux")]
