using System.Globalization;

namespace Torc.Web.Workflows;

/// <summary>What became of a command that the browser sent to the API.</summary>
/// <param name="Status">The HTTP status; 0 if the server could not be reached.</param>
/// <param name="Detail">What the server said about a refusal.</param>
internal sealed record ApiAnswer(int Status, string? Detail)
{
    /// <returns>Null if the command was accepted.</returns>
    public string? Refusal(string what) => Status switch
    {
        >= 200 and < 300 => null,
        0 => $"{what} The server could not be reached.",
        _ when Detail is not null => $"{what} {Detail}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{what} The server answered {Status}."),
    };
}
