using System.Text;

namespace Torc.Benchmarks.Specs;

/// <summary>One row of the table.</summary>
/// <param name="FileName">Its ending says the notation.</param>
/// <param name="Write">Writes the text of the spec.</param>
/// <param name="Goal">Null if there is none.</param>
internal sealed record SpecCase(string Name, string FileName, Action<StringBuilder> Write, SpecGoal? Goal = null, SpecWork Work = SpecWork.Read);
