using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Web.Api;

namespace Torc.Web.Workflows;

/// <summary>The text of a spec, as requests bring it.</summary>
internal static class SpecBody
{
    /// <summary>The most that it may be: 64 MiB.</summary>
    public const int MaxBytes = 64 << 20;

    /// <returns>Null if it is too large.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancel);
            return new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    public static JsonHttpResult<Problem> TooLarge() =>
        Problems.Refused(StatusCodes.Status413PayloadTooLarge, "The spec is too large", $"A spec has at most {MaxBytes >> 20} MiB.");

    public static JsonHttpResult<Problem> Invalid(SpecReading reading)
    {
        int errors = reading.Problems.Count(problem => problem.Severity == Severity.Error);
        return Problems.Refused(
            StatusCodes.Status422UnprocessableEntity, $"The spec has {errors} error{(errors == 1 ? "" : "s")}; nothing was stored", errors: reading.Problems);
    }
}
