using System.CommandLine;

namespace Torc.Agent.Commands;

/// <summary><c>torc spec</c>: what workflows are made of.</summary>
internal static class SpecCommand
{
    public static Command Create() => new("spec", "Reads and changes what a workflow is made of.")
    {
        SpecGetCommand.Create(), SpecSetCommand.Create(), SpecEditCommand.Create(), SpecDiffCommand.Create(),
    };
}
