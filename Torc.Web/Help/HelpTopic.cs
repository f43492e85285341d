namespace Torc.Web.Help;

/// <summary>A part of the help, which other pages may link to.</summary>
/// <param name="Name">Its anchor: <c>help#words</c>.</param>
public sealed record HelpTopic(string Name, string Heading)
{
    public static HelpTopic Words { get; } = new("words", "The words of Torc");

    public static HelpTopic Statuses { get; } = new("statuses", "What each status means");

    public static HelpTopic Selecting { get; } = new("selecting", "Selecting jobs");

    public static HelpTopic Keys { get; } = new("keys", "Keys");

    public static HelpTopic Commands { get; } = new("commands", "First commands");

    public static HelpTopic Programs { get; } = new("programs", "For programs");

    public static IReadOnlyList<HelpTopic> All { get; } = [Words, Statuses, Selecting, Keys, Commands, Programs];

    public string Address => $"help#{Name}";
}
