using Torc.Shared.Contracts;

namespace Torc.Web.Editor;

internal static class EditorServices
{
    public static void AddTorcEditor(this IServiceCollection services)
    {
        services.AddSingleton<IDraftStore, DraftStore>();
        services.AddSingleton<IDraftDesk, DraftDesk>();
        services.AddSingleton<DraftRooms>();
        services.AddSingleton(provider => new DraftDoor(
            provider.GetRequiredService<IDraftStore>(), provider.GetRequiredService<DraftRooms>(), provider.GetRequiredService<IDraftDesk>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<DataFolder>().Work));
    }
}
