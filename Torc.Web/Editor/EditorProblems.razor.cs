using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Specs.Documents;

namespace Torc.Web.Editor;

/// <summary>What is wrong with a draft, and where.</summary>
public sealed partial class EditorProblems
{
    private const int Most = 50;

    [Parameter, EditorRequired]
    public DraftState State { get; set; } = null!;

    /// <summary>Somebody wants to see the place of a problem.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Diagnostic> Chosen { get; set; }

    private string Heading => (State.Errors, State.Problems.Count - State.Errors) switch
    {
        (0, 0) => "No problems",
        (var errors, 0) => Count(errors, "error"),
        (0, var others) => $"No errors, {Count(others, "thing")} to know",
        var (errors, others) => $"{Count(errors, "error")}, {Count(others, "thing")} to know",
    };

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
