using Torc.Shared.Workflows.Selection;

namespace Torc.Web.Jobs;

/// <summary>What should say which jobs are meant cannot be read.</summary>
public sealed class BadSelectionException(SelectionProblem problem) : Exception($"{problem} Such as: work*, +work2, status:failed+, node:n2 -work1.");
