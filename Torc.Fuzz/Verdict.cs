namespace Torc.Fuzz;

/// <summary>What a reader made of an input.</summary>
/// <param name="Signature">Equal for inputs that fared alike: what was told about them, without places and names.</param>
internal sealed record Verdict(bool IsAccepted, string Signature);
