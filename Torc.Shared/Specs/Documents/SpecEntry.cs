namespace Torc.Shared.Specs.Documents;

/// <summary>A key of an object and its value.</summary>
internal readonly record struct SpecEntry(string Key, TextSpan KeyAt, SpecNode Value);
