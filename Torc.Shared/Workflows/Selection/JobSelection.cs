using Torc.Shared.Jobs;

namespace Torc.Shared.Workflows.Selection;

/// <summary>Which jobs of a workflow somebody means, such as <c>status:failed+ -work*</c>; <see cref="SelectionText"/> reads it.</summary>
public abstract record JobSelection
{
    private JobSelection()
    {
    }

    /// <summary>One job.</summary>
    public sealed record Named(string Name) : JobSelection;

    /// <summary>Jobs whose names are like it: <c>*</c> stands for any letters, <c>?</c> for one.</summary>
    public sealed record Like(string Pattern) : JobSelection;

    public sealed record InStatus(JobStatus Status) : JobSelection;

    /// <summary>Jobs whose newest attempt is or was on such a node.</summary>
    public sealed record OnNode(string Pattern) : JobSelection;

    /// <summary>Jobs of such a group: see <see cref="JobGroups"/>.</summary>
    public sealed record InGroup(string Pattern) : JobSelection;

    /// <summary>Copies that one value of a parameter made. Numbers are the same however they are written: 0457 is 457.</summary>
    public sealed record WithParameter(string Name, string Pattern) : JobSelection;

    /// <summary>Also what these jobs wait for, and what waits for them.</summary>
    /// <param name="Up">How many steps; 0 for none.</param>
    /// <param name="Down">How many steps; 0 for none.</param>
    public sealed record Around(JobSelection From, int Up, int Down) : JobSelection
    {
        /// <summary>However many steps there are.</summary>
        public const int All = int.MaxValue;
    }

    public sealed record Not(JobSelection Of) : JobSelection;

    public sealed record Every(IReadOnlyList<JobSelection> Parts) : JobSelection;

    public sealed record Any(IReadOnlyList<JobSelection> Parts) : JobSelection;
}
