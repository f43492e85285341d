using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Documents;

namespace Torc.Web.Workflows;

/// <summary>What the API said about a spec, shortened by the browser to what a person reads.</summary>
/// <param name="Status">The HTTP status; 0 if the server could not be reached.</param>
/// <param name="Body">JSON: a summary, a created workflow's id, or a refusal.</param>
/// <param name="Problems">How many there are in all.</param>
/// <param name="Errors">How many of them are errors that only another spec can mend.</param>
/// <param name="Missing">How many input files are missing.</param>
internal sealed record UploadAnswer(int Status, string Body, int Problems, int Errors, int Missing)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    /// <summary>The first problems, in the order of the spec; the same whether the spec was checked or refused.</summary>
    public SpecSummary Summary
    {
        get
        {
            var summary = JsonSerializer.Deserialize(Body, TorcJson.Default.SpecSummary)!;
            return summary with { Edges = summary.Edges ?? new EdgeCounts(null, null), MissingInputs = summary.MissingInputs ?? [], Problems = summary.Problems ?? [] };
        }
    }

    /// <summary>The workflow that was created; null if none was.</summary>
    public long? CreatedId
    {
        get
        {
            using var body = JsonDocument.Parse(Body);
            return body.RootElement.TryGetProperty("id", out var id) && id.TryGetInt64(out long value) ? value : null;
        }
    }

    /// <summary>Why the server did not take the file at all; null if it took it, or if its problems say why not.</summary>
    public string? Refusal => IsAccepted || Problems > 0 ? null : new ApiAnswer(Status, Detail).Refusal("The spec was not taken.");

    private string? Detail
    {
        get
        {
            using var body = JsonDocument.Parse(Body);
            return body.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
    }

    /// <summary>Where in the text a problem is, as editors write it.</summary>
    public static string Place(Diagnostic problem) => problem switch
    {
        { Line: null } => problem.Path,
        { Column: null } => $"{problem.Line}",
        _ => $"{problem.Line}:{problem.Column}",
    };
}
