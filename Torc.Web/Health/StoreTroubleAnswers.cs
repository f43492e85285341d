using Torc.Web.Api;
using Torc.Web.Data;

namespace Torc.Web.Health;

/// <summary>Answers 503 in plain words when the database cannot do what a request needs, and says when to ask again.</summary>
internal sealed class StoreTroubleAnswers(RequestDelegate next, StoreHealth health)
{
    private const string RetryAfterSeconds = "5";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted && health.Explain(failure) is { } trouble)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Title(trouble.Trouble), trouble.Message, Code(trouble.Trouble));
        }
    }

    internal static string Code(StoreTrouble trouble) => trouble switch
    {
        StoreTrouble.DiskFull => "TORC901",
        StoreTrouble.DiskLow => "TORC902",
        StoreTrouble.Locked => "TORC903",
        _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble, "no such trouble"),
    };

    private static string Title(StoreTrouble trouble) => trouble switch
    {
        StoreTrouble.DiskFull => "The disk is full",
        StoreTrouble.DiskLow => "The disk is almost full",
        StoreTrouble.Locked => "The database is locked by another program",
        _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble, "no such trouble"),
    };
}
