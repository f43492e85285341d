using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Torc.Agent.Commands;

/// <summary>How the programs that stay running write their log: one line each, to standard output.</summary>
internal static class CommandLogging
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging.AddSimpleConsole(options =>
    {
        options.SingleLine = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        options.ColorBehavior = LoggerColorBehavior.Disabled;
    }));
}
