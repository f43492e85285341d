using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc data</c>: the user data of a workflow, from a job or a terminal.</summary>
internal static class DataCommand
{
    private const string Nobody = "-";

    public static Command Create() => new("data", "Stores and reads the user data of a workflow.") { Set(), Get(), List(), History() };

    private static Command Set()
    {
        var name = Name();
        var value = new Argument<string>("JSON") { Description = "Any JSON value, such as '{\"loss\": 0.2}'; - reads it from standard input." };
        var workflow = JobContext.WorkflowOption();
        var data = CommandRun.DataOption();
        var command = new Command("set", "Stores a JSON value.") { name, value, workflow, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            string text = parsed.GetRequiredValue(value);
            var json = JobContext.Json(text == "-" ? await Console.In.ReadToEndAsync(cancel) : text);
            return await JobContext.Read(parsed.GetValue(workflow)).AskAsync(
                CommandRun.Data(parsed.GetValue(data)),
                async (client, id) =>
                {
                    await client.StoreUserDataAsync(id, parsed.GetRequiredValue(name), json, cancel);
                    return ExitCode.Ok;
                },
                cancel);
        });
        return command;
    }

    private static Command Get()
    {
        var name = Name();
        var workflow = JobContext.WorkflowOption();
        var data = CommandRun.DataOption();
        var command = new Command("get", "Prints a JSON value.") { name, workflow, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            string wanted = parsed.GetRequiredValue(name);
            var found = await JobContext.Read(parsed.GetValue(workflow)).AskAsync(
                CommandRun.Data(parsed.GetValue(data)), (client, id) => client.UserDataAsync(id, wanted, cancel), cancel);
            Console.WriteLine(found.IsStored ? Text(found.Value) : throw new CommandException(ExitCode.NotFound, $"Nothing is stored as \"{wanted}\" yet."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var workflow = JobContext.WorkflowOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("list", "Lists the user data of a workflow, and who stored it last.") { workflow, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var all = await JobContext.Read(parsed.GetValue(workflow)).AskAsync(CommandRun.Data(parsed.GetValue(data)), (client, id) => client.UserDataAsync(id, cancel), cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(all, TorcJson.Default.IReadOnlyListUserDataView);
            }
            else
            {
                table.Write(parsed, [["NAME", "STORED", "RUN", "JOB", "ATTEMPT", "VALUE"], .. all.Select(Row)]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command History()
    {
        var name = Name();
        var workflow = JobContext.WorkflowOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("history", "Lists the last value that each attempt stored, the newest first.") { name, workflow, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var values = await JobContext.Read(parsed.GetValue(workflow)).AskAsync(
                CommandRun.Data(parsed.GetValue(data)), (client, id) => client.UserDataHistoryAsync(id, parsed.GetRequiredValue(name), cancel), cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(values, TorcJson.Default.IReadOnlyListUserDataValueView);
            }
            else
            {
                table.Write(parsed, [["STORED", "RUN", "JOB", "ATTEMPT", "VALUE"], .. values.Select(Row)]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "As the spec names it." };

    private static string Text(JsonElement? value) => value?.GetRawText() ?? "null";

    private static string[] Row(UserDataView data) =>
    [
        data.Name,
        data.StoredAt is { } at ? Instants.Text(at) : data.IsStored ? "spec" : Nobody,
        Number(data.Run),
        data.Job ?? Nobody,
        Number(data.Attempt),
        data.IsStored ? Shown.Words(Text(data.Value)) : Nobody,
    ];

    private static string[] Row(UserDataValueView value) =>
        [Instants.Text(value.At), Number(value.Run), value.Job ?? Nobody, Number(value.Attempt), value.IsStored ? Shown.Words(Text(value.Value)) : "cleared"];

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? Nobody;
}
