namespace Torc.Web.Data.Doctor;

/// <summary>What the doctor found.</summary>
/// <param name="Database">The file.</param>
/// <param name="Checks">How many rules were looked at.</param>
/// <param name="Violations">Empty if the database is sound.</param>
internal sealed record Examination(string Database, int Checks, IReadOnlyList<Violation> Violations)
{
    public bool IsSound => Violations.Count == 0;
}
