using System.CommandLine;

namespace Torc.Agent.Commands;

/// <summary>An example of each command, as one would type it.</summary>
internal static class CommandExamples
{
    private static readonly Dictionary<string, string> Examples = new()
    {
        ["torc"] = "torc up --example diamond",
        ["torc up"] = "torc up diamond.yaml --exit-when-done",
        ["torc down"] = "torc down",
        ["torc create"] = "torc create diamond.yaml",
        ["torc run"] = "torc run diamond.yaml --wait",
        ["torc ls"] = "torc ls --status running --project wind",
        ["torc show"] = "torc show last --select status:failed+",
        ["torc watch"] = "torc watch last",
        ["torc wait"] = "torc wait 12 13 --timeout 2h",
        ["torc stop"] = "torc stop 12 --select node:n2",
        ["torc turn-off"] = "torc turn-off 12 --job report",
        ["torc turn-on"] = "torc turn-on 12 --select status:off",
        ["torc archive"] = "torc archive 3-8",
        ["torc unarchive"] = "torc unarchive 5",
        ["torc delete"] = "torc delete 3-8",
        ["torc rerun"] = "torc rerun last --failed --dry-run",
        ["torc plan"] = "torc plan last --changed",
        ["torc runs"] = "torc runs last --compare 1 2",
        ["torc why"] = "torc why last work2",
        ["torc spec"] = "torc spec edit last",
        ["torc spec get"] = "torc spec get last --to yaml",
        ["torc spec set"] = "torc spec set last diamond.yaml --dry-run",
        ["torc spec edit"] = "torc spec edit last",
        ["torc spec diff"] = "torc spec diff last 1 2",
        ["torc check"] = "torc check diamond.yaml",
        ["torc convert"] = "torc convert diamond.yaml --to json",
        ["torc schema"] = "torc schema",
        ["torc export"] = "torc export last -o diamond.torc.json",
        ["torc import"] = "torc import diamond.torc.json",
        ["torc example"] = "torc example diamond",
        ["torc open"] = "torc open last work2",
        ["torc top"] = "torc top last",
        ["torc resources"] = "torc resources last --suggest",
        ["torc nodes"] = "torc nodes",
        ["torc nodes gone"] = "torc nodes gone 2",
        ["torc data"] = "torc data get results --workflow 12",
        ["torc data set"] = "torc data set results 0.2 --workflow 12",
        ["torc data list"] = "torc data list --workflow last",
        ["torc data history"] = "torc data history results --workflow last",
        ["torc data get"] = "torc data get results --workflow 12",
        ["torc event"] = "torc event post checkpoint --workflow 12",
        ["torc event post"] = "torc event post checkpoint --workflow 12",
        ["torc event list"] = "torc event list --workflow last --type 'torc.job.*' --follow",
        ["torc logs"] = "torc logs last work2 --follow",
        ["torc server"] = "torc server --port 8081",
        ["torc agent"] = "torc agent --server http://host:8080 --cpus 4",
        ["torc doctor"] = "torc doctor",
        ["torc login"] = "torc login",
        ["torc token"] = "torc token",
        ["torc config"] = "torc config show --origin",
        ["torc config show"] = "torc config show --origin",
        ["torc completion"] = "torc completion bash",
    };

    /// <returns>Null if the command has none.</returns>
    public static string? Find(Command command) => Examples.GetValueOrDefault(PathOf(command));

    /// <summary>Such as <c>torc spec get</c>.</summary>
    public static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "torc";
}
