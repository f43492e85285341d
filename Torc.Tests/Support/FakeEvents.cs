using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Events;
using Torc.Web.Live;

namespace Torc.Tests.Support;

/// <summary>Events and user data in memory: each is stored first and then told to the feed, as the server does it.</summary>
internal sealed class FakeEvents(LiveFeed feed) : IEventQueries, IUserDataQueries
{
    private readonly List<EventView> _events = [];
    private readonly Dictionary<string, UserDataView> _values = [];

    public void Post(WorkflowId workflow, string type, string? data = null, string? job = null)
    {
        _events.Add(new EventView(
            _events.Count(one => one.Workflow == workflow) + 1,
            FakeWorkflows.Start.AddSeconds(_events.Count),
            type,
            Json(data),
            workflow,
            1,
            job is null ? null : new JobId(7),
            job,
            job is null ? null : 1,
            job is null ? null : "n1",
            _events.Count + 1,
            $"workflow{workflow}"));
        feed.Ring(new HashSet<WorkflowId> { workflow });
    }

    public void Declare(string name, bool isEphemeral = false) => _values[name] = new UserDataView(name, null, IsStored: false, isEphemeral);

    public void Store(WorkflowId workflow, string name, string value, string job)
    {
        _values[name] = _values[name] with { Value = Json(value), IsStored = true, StoredAt = FakeWorkflows.Start, Run = 1, Job = job, Attempt = 1 };
        feed.Ring(new HashSet<WorkflowId> { workflow });
    }

    public Task<EventPage> PageAsync(WorkflowId? workflow, EventFilter filter, long from, int limit, bool newestFirst, CancellationToken cancel)
    {
        long Place(EventView one) => workflow is null ? one.Id : one.Number;
        var heard = _events.Where(one => workflow is null || one.Workflow == workflow).ToList();
        var ordered = newestFirst ? heard.AsEnumerable().Reverse().Where(one => from == 0 || Place(one) < from) : heard.Where(one => Place(one) > from);
        var found = ordered
            .Where(one => filter.Type is not { } type || (type.EndsWith('*') ? one.Type.StartsWith(type[..^1], StringComparison.Ordinal) : one.Type == type))
            .Where(one => filter.Job is null || one.JobName == filter.Job)
            .Where(one => filter.Data is not { } conditions || conditions.All(condition => condition.IsMetBy(one.Data ?? default)))
            .ToList();
        long seen = found.Count > limit ? Place(found[limit - 1]) : heard.Count;
        return Task.FromResult(new EventPage([.. found.Take(limit)], found.Count > limit ? seen : null, seen));
    }

    public Task<IReadOnlyList<UserDataView>> ListAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult<IReadOnlyList<UserDataView>>([.. _values.Values]);

    public Task<IReadOnlyList<UserDataValueView>> HistoryAsync(WorkflowId workflow, string name, CancellationToken cancel) => Task.FromResult<IReadOnlyList<UserDataValueView>>(
        _values[name] is { IsStored: true } value ? [new UserDataValueView(1, value.Job, 1, FakeWorkflows.Start, value.Value, IsStored: true)] : []);

    private static JsonElement? Json(string? text) => text is null ? null : JsonDocument.Parse(text).RootElement.Clone();
}
