namespace Torc.Web.Editor;

/// <summary>The editor's part of the server's start.</summary>
internal static class EditorExtensions
{
    public static void AddTorcEditor(this IServiceCollection services) => services.AddSingleton<IDraftStore, DraftStore>();
}
