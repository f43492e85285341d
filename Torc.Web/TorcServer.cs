using Torc.Shared.Contracts;
using Torc.Web.Api;
using Torc.Web.Data;
using Torc.Web.Editor;
using Torc.Web.Engine;
using Torc.Web.Events;
using Torc.Web.Exports;
using Torc.Web.Health;
using Torc.Web.Jobs;
using Torc.Web.Live;
using Torc.Web.Logs;
using Torc.Web.Nodes;
using Torc.Web.Reruns;
using Torc.Web.Search;
using Torc.Web.Security;
using Torc.Web.Shell;
using Torc.Web.Workflows;

namespace Torc.Web;

/// <summary>Puts the server together.</summary>
internal static class TorcServer
{
    /// <param name="args">
    /// <c>--data DIR</c>, <c>--host</c>, <c>--port</c>, <c>--public-url</c>; each can also come from the environment, such as <c>TORC_PORT</c>
    /// and <c>TORC_PUBLIC_URL</c>.
    /// </param>
    /// <exception cref="StartRefusedException">It cannot serve as it was asked to.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(TorcServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddEnvironmentVariables("TORC_").AddCommandLine(args);
        var address = ServerAddressOptions.Read(builder.Configuration["host"], builder.Configuration["port"]);
        var publicAddress = PublicAddress.Read(builder.Configuration["public-url"] ?? builder.Configuration["public_url"]);
        var instance = await ServerInstance.OpenAsync(ServerInstance.ChooseFolder(builder.Configuration["data"]), cancel);
        builder.ListenOnLoopback(LoopbackListener.Open(address));
        builder.WebHost.UseTorcAssets();
        builder.Services.AddTorcSecurity(instance, publicAddress);
        // What the framework does for each request is nobody's news.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        var database = new SqliteStore(instance.Folder.Database);
        await database.PrepareAsync(cancel);
        var workflows = new WorkflowStore(database.Open);
        workflows.BeginLoading(cancel);
        builder.Services.AddSingleton(workflows);
        builder.Services.AddTorcHealth(database, builder.Configuration);
        builder.Services.AddSingleton(instance.Folder);
        builder.Services.AddSingleton<Func<TorcDbContext>>(database.Open);
        builder.Services.ConfigureHttpJsonOptions(options => TorcJson.Configure(options.SerializerOptions));
        builder.Services.AddSignalR().AddJsonProtocol(options => TorcJson.Configure(options.PayloadSerializerOptions));
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddTorcApi();
        builder.Services.AddTorcPages();
        builder.Services.AddTorcEngine(builder.Configuration);
        builder.Services.AddTorcReruns();
        builder.Services.AddTorcLogs(builder.Configuration);
        builder.Services.AddTorcNodes(builder.Configuration);
        builder.Services.AddSingleton<IWorkflowQueries, WorkflowQueries>();
        builder.Services.AddSingleton<WorkflowShapes>();
        builder.Services.AddSingleton<IFileQueries, FileQueries>();
        builder.Services.AddSingleton<TimelineQueries>();
        builder.Services.AddSingleton<ITimesLeft, TimesLeft>();
        builder.Services.AddSingleton<WorkflowSubmission>();
        builder.Services.AddSingleton<IJobQueries, JobQueries>();
        builder.Services.AddSingleton<ResourceQueries>();
        builder.Services.AddSingleton<JobSelector>();
        builder.Services.AddSingleton<ISearch, SearchQueries>();
        builder.Services.AddSingleton<IJobDesk, JobDesk>();
        builder.Services.AddSingleton<IWorkflowDesk, WorkflowDesk>();
        builder.Services.AddTorcEvents();
        builder.Services.AddTorcExports();
        builder.Services.AddTorcEditor();

        var app = builder.Build();
        app.UseTorcSecurity();
        app.UseTorcHealth();
        app.UseTorcApi();
        app.UseTorcPages();
        app.UseAntiforgery();
        app.MapTorcSecurity();
        app.MapTorcApi();
        app.MapTorcPages();
        app.MapTorcWorkflows();
        app.MapTorcSpecs();
        app.MapTorcDrafts();
        app.MapTorcReruns();
        app.MapTorcJobs();
        app.MapTorcLogs();
        app.MapTorcEvents();
        app.MapTorcUserData();
        app.MapTorcExports();
        app.MapTorcNodes();
        app.MapTorcSearch();
        app.MapTorcEngine();
        app.MapTorcHealth();
        return app;
    }
}
