using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Contracts;

/// <summary>Why a request was refused, as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Detail">Why, and what to do; null if the title says it.</param>
/// <param name="Errors">What is wrong with a spec, in the order of its text; null if it is not about one.</param>
/// <param name="Code">Such as <c>TORC901</c>, for programs that act on it.</param>
/// <param name="Plan">What a rerun would do now; null where it is not about one.</param>
/// <param name="Type">A name for this kind of problem; it leads nowhere.</param>
public sealed record Problem(
    string Title, int Status, string? Detail = null, IReadOnlyList<Diagnostic>? Errors = null, string? Code = null, RerunPlanView? Plan = null, string? Type = null);
