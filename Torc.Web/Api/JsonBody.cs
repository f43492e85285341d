using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;

namespace Torc.Web.Api;

/// <summary>Reads the JSON that somebody sends, of bounded size and depth, and says in words what is wrong with it.</summary>
internal static class JsonBody
{
    /// <summary>The most that a value may be: 1 MiB of text.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>How deep arrays and objects may lie in each other.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <returns>The value; or why there is none.</returns>
    public static async Task<(JsonElement Value, JsonHttpResult<Problem>? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            int length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, MaxBytes + 1), MaxBytes + 1, throwOnEndOfStream: false, cancel);
            if (length > MaxBytes)
            {
                return (default, Problems.Refused(
                    StatusCodes.Status413PayloadTooLarge, "The value is too large", "A value has at most 1 MiB as JSON text. Write what is larger to a file, and store its path."));
            }

            using var document = JsonDocument.Parse(buffer.AsMemory(0, length), Options);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException notJson)
        {
            return (default, Problems.Refused(
                StatusCodes.Status422UnprocessableEntity,
                "Not JSON",
                $"{notJson.Message} Text is written in quotes, as in \"done\"; arrays and objects lie at most {MaxDepth} deep."));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
