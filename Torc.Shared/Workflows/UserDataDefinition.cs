namespace Torc.Shared.Workflows;

/// <summary>A JSON value in the store that jobs need or produce.</summary>
/// <param name="Data">The value that the spec gives, as JSON text; null for none yet.</param>
/// <param name="IsEphemeral">Whether the value is cleared when a run starts.</param>
public sealed record UserDataDefinition(string Name, string? Data, bool IsEphemeral);
