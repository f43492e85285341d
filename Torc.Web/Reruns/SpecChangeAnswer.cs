using Torc.Shared.Contracts;

namespace Torc.Web.Reruns;

/// <summary>What became of a wish to change a spec.</summary>
/// <param name="View">What it changes, whether that was stored or not.</param>
/// <param name="IsOther">The spec is not the one that was to be replaced, so nothing was stored.</param>
public sealed record SpecChangeAnswer(SpecChangeView View, bool IsOther);
