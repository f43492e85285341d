namespace Torc.Agent.Commands;

/// <summary>The editor of whoever typed the command.</summary>
internal static class Editor
{
    private const string BuiltIn = "vi";

    private static readonly string[] Variables = ["VISUAL", "EDITOR"];

    public static string Command => Variable is { } variable ? Environment.GetEnvironmentVariable(variable)! : BuiltIn;

    /// <summary>The variable that names it; null if none does.</summary>
    public static string? Variable => Array.Find(Variables, variable => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable)));
}
