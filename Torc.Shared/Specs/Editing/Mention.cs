using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>A place of a document that refers to something by its name.</summary>
/// <param name="Owner">Who refers to it, for messages.</param>
/// <param name="Entry">The place of that job in its list; null for an action or a failure handler.</param>
/// <param name="Path">To the text that is the name, or has it inside.</param>
/// <param name="Inside">The reference in a command with the name in it; null if the text is the name.</param>
/// <param name="IsOutput">Whether it says that a job produces the thing.</param>
internal sealed record Mention(string Owner, int? Entry, SpecPath Path, SpecNode.Scalar Text, string Name, string? Inside, bool IsOutput)
{
    /// <summary>Whether it is one of a list of names.</summary>
    public bool IsItem => Path.Key is null;
}
