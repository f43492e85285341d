using Torc.Agent.Running;

namespace Torc.Agent.Client;

/// <summary>The browser of the person who typed the command, if there is a screen for it.</summary>
internal static class Browser
{
    private const string Opener = "/usr/bin/xdg-open";

    public static void Open(string address)
    {
        bool hasScreen = Environment.GetEnvironmentVariable("DISPLAY") is not null || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is not null;
        bool isRemote = Environment.GetEnvironmentVariable("SSH_CONNECTION") is not null;
        if (hasScreen && !isRemote && File.Exists(Opener))
        {
            DetachedProcess.Start([Opener, address], environment: null, Environment.CurrentDirectory, "/dev/null");
        }
    }
}
