using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Torc.Web.Security;

namespace Torc.Web.Data.Doctor;

/// <summary>The server's program as <c>torc doctor</c> runs it: examines the database of a data folder, whether or not a server has it.</summary>
internal static class DoctorProgram
{
    /// <summary>The first word of the command line.</summary>
    public const string Verb = "doctor";

    private const int Sound = 0;
    private const int Unsound = 1;
    private const int NotThere = 5;

    /// <param name="arguments"><c>--data DIR</c> and <c>--json</c>.</param>
    /// <exception cref="StartRefusedException">It is not a database of this version.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        string? data = arguments.SkipWhile(argument => argument != "--data").ElementAtOrDefault(1);
        string path = ServerInstance.ChooseFolder(data).Database;
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"There is no database {path}.");
            return NotThere;
        }

        var applied = await SchemaHistory.ReadAsync(path, cancel);
        await using (var db = new SqliteStore(path).Open())
        {
            string[] known = [.. db.Database.GetMigrations()];
            SchemaHistory.RefuseNewer(path, known, applied);
            SchemaHistory.RefuseOlder(path, known, applied);
        }

        var examination = await DatabaseDoctor.ExamineAsync(path, cancel);
        Console.WriteLine(arguments.Contains("--json") ? JsonSerializer.Serialize(examination, ExaminationJson.Default.Examination) : Describe(examination));
        return examination.IsSound ? Sound : Unsound;
    }

    private static string Describe(Examination examination)
    {
        if (examination.IsSound)
        {
            return $"{examination.Database} is sound: {examination.Checks} checks, nothing found.";
        }

        var lines = examination.Violations.SelectMany(violation => (IEnumerable<string>)
        [
            $"{violation.Invariant}: broken in {Count(violation.Count, "place")}. {violation.Sentence}",
            .. violation.Places.Select(place => $"    {place}"),
            .. violation.Count > violation.Places.Count ? [$"    and {violation.Count - violation.Places.Count} more"] : Array.Empty<string>(),
        ]);
        return $"{string.Join('\n', lines)}\n{examination.Database} is not sound: {Count(examination.Violations.Count, "rule")} of {examination.Checks} broken.";
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
