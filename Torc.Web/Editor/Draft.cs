using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>A spec that somebody is writing, as it was kept last.</summary>
/// <param name="User">Whose it is, and nobody else's.</param>
/// <param name="Workflow">What it is to become a version of; null for a workflow that is not there yet.</param>
/// <param name="BaseVersion">The version of the workflow's spec that it began with.</param>
/// <param name="Places">By the kind and name of the node: <c>job/work1</c>, <c>file/f1</c>, <c>data/x</c>, <c>dataset/d</c>. The others lie where the layout puts them.</param>
public sealed record Draft(
    long Id,
    string User,
    WorkflowId? Workflow,
    int? BaseVersion,
    string FileName,
    string Text,
    SpecHistory History,
    IReadOnlyDictionary<string, DraftPlace> Places,
    DateTimeOffset ChangedAt);
