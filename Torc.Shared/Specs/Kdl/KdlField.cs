namespace Torc.Shared.Specs.Kdl;

/// <summary>What a node stands for.</summary>
/// <param name="Key">As JSON and YAML call it.</param>
internal sealed record KdlField(string Key, KdlForm Form);
