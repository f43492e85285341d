using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc config show</c>: the settings of the command line.</summary>
internal static class ConfigCommand
{
    private const string BuiltIn = "built-in";

    public static Command Create() => new("config", "Shows the settings of the command line.") { Show() };

    private static Command Show()
    {
        var origin = new Option<bool>("--origin") { Description = "Also says where each value comes from." };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("show", "Shows the settings that commands go by: flags win over variables of the environment, and those over what is built in.") { origin, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var settings = await SettingsAsync(parsed, parsed.GetValue(data), cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(settings, TorcJson.Default.IReadOnlyListSettingView);
            }
            else
            {
                bool withOrigin = parsed.GetValue(origin);
                table.Write(parsed, [withOrigin ? ["NAME", "VALUE", "ORIGIN"] : ["NAME", "VALUE"], .. settings.Select(setting => withOrigin ? [setting.Name, setting.Value, setting.Origin] : new[] { setting.Name, setting.Value })]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<SettingView>> SettingsAsync(ParseResult parsed, string? data, CancellationToken cancel)
    {
        var folder = CommandRun.Data(data);
        using var client = await new LocalServer(folder).FindAsync(cancel);
        bool hasToken = Environment.GetEnvironmentVariable(DataFolder.TokenVariable) is not null;
        bool hasNoColor = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return
        [
            new SettingView("data", folder.Path, DataOrigin(data)),
            new SettingView("server", client?.Url.OriginalString ?? "none runs", folder.ServerFile),
            new SettingView("token", hasToken ? $"${DataFolder.TokenVariable}" : folder.Token, hasToken ? DataFolder.TokenVariable : BuiltIn),
            new SettingView("color", Color.IsOn(parsed) ? "on" : "off", parsed.GetResult(Color.Option) is { Implicit: false } ? "--color" : hasNoColor ? "NO_COLOR" : BuiltIn),
            new SettingView("editor", Editor.Command, Editor.Variable ?? BuiltIn),
        ];
    }

    // By the rule of DataFolder.Choose.
    private static string DataOrigin(string? option) =>
        !string.IsNullOrWhiteSpace(option) ? "--data"
        : !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(DataFolder.Variable)) ? DataFolder.Variable
        : Environment.GetEnvironmentVariable("XDG_DATA_HOME") is ['/', ..] ? "XDG_DATA_HOME" : BuiltIn;
}
