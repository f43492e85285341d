using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Contracts;

// What the command line says to programs, where it is not what the server said.

/// <summary>Why a command did not do what it was asked to.</summary>
/// <param name="ExitCode">What the command returns.</param>
/// <param name="Detail">Why, and what to do; null if the title says it.</param>
/// <param name="Status">Of the server's answer; null if it was not asked.</param>
/// <param name="Errors">What is wrong with a spec; null if it is not about one.</param>
public sealed record CommandProblem(
    string Title, int ExitCode, string? Detail = null, int? Status = null, string? Code = null, IReadOnlyList<Diagnostic>? Errors = null);

/// <summary>A job came to stand elsewhere.</summary>
/// <param name="Reason">Why an attempt ended, such as <c>OOM</c>; null where the status says it.</param>
/// <param name="ExitCode">What the command returned; null if it did not end by itself.</param>
/// <param name="Used">The most memory that it had, in bytes.</param>
/// <param name="Limit">The memory that it may have, in bytes; null unless that is why it ended.</param>
/// <param name="LimitS">The seconds that it may run; null unless that is why it ended.</param>
/// <param name="DurationS">How long the attempt took, in seconds.</param>
/// <param name="Message">The same as a sentence.</param>
/// <param name="UnknownSince">Since when nobody knows whether that is still so, as its node is not heard; null if it is.</param>
public sealed record JobChange(
    DateTimeOffset At,
    JobStatus Status,
    string Job,
    int Attempt,
    string? Node = null,
    string? Reason = null,
    int? ExitCode = null,
    MemorySize? Used = null,
    MemorySize? Limit = null,
    double? LimitS = null,
    double? DurationS = null,
    string? Message = null,
    DateTimeOffset? UnknownSince = null);

/// <summary>An address of a page.</summary>
public sealed record AddressView(Uri Url);

/// <summary>Where the token of a data folder lies.</summary>
/// <param name="Path">Of the file, or the name of the variable that goes before it.</param>
/// <param name="Token">Null unless it was asked for.</param>
public sealed record TokenView(string Path, string? Token);

/// <summary>A workflow that comes with Torc.</summary>
/// <param name="Spec">Where it was written; null in the list.</param>
public sealed record ExampleView(string Name, string Description, string? Spec = null);

/// <summary>A setting of the command line.</summary>
/// <param name="Origin">Where the value comes from.</param>
public sealed record SettingView(string Name, string Value, string Origin);

/// <summary>What <c>torc down</c> ended.</summary>
public sealed record DownView(bool ServerEnded, bool AgentEnded);

/// <summary>A line of two versions of a spec that only one of them has, or that both have.</summary>
/// <param name="Kind"><c>+</c>, <c>-</c> or a space.</param>
public sealed record DiffLine(char Kind, string Text);

/// <summary>What differs between two versions of a spec.</summary>
/// <param name="Lines">Those that differ, with three around them.</param>
public sealed record SpecDiffView(int Before, int After, IReadOnlyList<DiffLine> Lines);
