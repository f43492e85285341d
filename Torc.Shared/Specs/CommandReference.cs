namespace Torc.Shared.Specs;

/// <summary>A <c>${files.input.NAME}</c> in a command.</summary>
/// <param name="Start">Of the dollar sign in the command, in characters.</param>
/// <param name="Text">The whole of it.</param>
/// <param name="Kind"><c>files</c>, <c>datasets</c> or <c>user_data</c>.</param>
/// <param name="Direction"><c>input</c> or <c>output</c>; anything else is a mistake.</param>
/// <param name="Name">Empty if there is none.</param>
internal readonly record struct CommandReference(int Start, string Text, string Kind, string Direction, string Name)
{
    private const string Opening = "${";

    private static readonly string[] Kinds = ["files", "datasets", "user_data"];

    public bool IsWhole => Text.EndsWith('}') && Direction is "input" or "output" && Name.Length > 0;

    /// <summary>Finds them all. Every other <c>${…}</c> is the shell's; it has no dots, so none of its variables looks like ours.</summary>
    public static IEnumerable<CommandReference> FindAll(string command)
    {
        int from = 0;
        while (command.IndexOf(Opening, from, StringComparison.Ordinal) is >= 0 and var start)
        {
            from = start + Opening.Length;
            string? kind = Kinds.FirstOrDefault(kind => StartsWith(command, from, kind) && from + kind.Length < command.Length && command[from + kind.Length] == '.');
            if (kind is null)
            {
                continue;
            }

            // A name has no brace and stays on its line, so what is not closed ends there.
            int end = command.AsSpan(from).IndexOfAny('}', '\n');
            bool isClosed = end >= 0 && command[from + end] == '}';
            int stop = end < 0 ? command.Length : from + end;
            string[] parts = command[(from + kind.Length + 1)..stop].Split('.', 2);
            from = isClosed ? stop + 1 : stop;
            yield return new CommandReference(start, command[start..from], kind, parts[0], parts.Length > 1 ? parts[1] : "");
        }
    }

    private static bool StartsWith(string command, int at, string word) => string.CompareOrdinal(command, at, word, 0, word.Length) == 0;
}
