namespace Torc.Web.Events;

internal static class EventExtensions
{
    public static void AddTorcEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventQueries>().AddSingleton<IEventQueries>(provider => provider.GetRequiredService<EventQueries>());
        services.AddSingleton<UserDataQueries>().AddSingleton<IUserDataQueries>(provider => provider.GetRequiredService<UserDataQueries>());
        services.AddSingleton<EventStream>();
    }
}
